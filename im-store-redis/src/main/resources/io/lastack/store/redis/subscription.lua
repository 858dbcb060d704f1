-- A conversation as one device of one of its members sees it.
--
-- KEYS: the conversation. ARGV: user, device (or empty), peer (or empty), last_read (or empty: as stored with the member).
-- Returns {name, role, head, first_seq, last_seq, last_ack, last_read, unread, mentions, peer_ack, peer_read, muted_until}; nil for no member.
local conversation, user, device, peer = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local member = find_member(conversation, user)
if not member then
    return nil
end
local facts = redis.call('HMGET', conversation, 'head', 'name', 'trimmed')
local head, trimmed = tonumber(facts[1]), tonumber(facts[3]) or 0
local last_read = ARGV[4] ~= '' and ARGV[4] or string.format('%.0f', member.read)
local low = math.max(tonumber(last_read), member.first - 1, trimmed)
local unread, mentions = count_unread(conversation, user, low, visible_head(member, head))
local other = peer ~= '' and find_member(conversation, peer) or nil
return {
    facts[2] or '',
    member.role,
    head,
    member.first,
    member.last,
    math.max(member.first - 1, stored_ack(member, device) or 0),
    last_read,
    unread,
    mentions,
    other and highest_stored(other) or 0,
    other and other.read or 0,
    redis.call('HGET', conversation .. ':mutes', user) or '0',
}
