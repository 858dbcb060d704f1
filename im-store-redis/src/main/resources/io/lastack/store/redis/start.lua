-- Starts a new device in a conversation, once: whoever comes later with the same device changes nothing.
--
-- KEYS: the conversation. ARGV: user, device, where (first_unacknowledged, first_visible or head).
local conversation, user, device, where = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local member = find_member(conversation, user)
if not member then
    return
end
local stored, started, at = stored_ack(member, device)
if started then
    return
end
local position = 0
if where == 'first_unacknowledged' then
    position = highest_stored(member)
elseif where == 'head' then
    position = visible_head(member, tonumber(redis.call('HGET', conversation, 'head')))
end
if stored and stored >= position then
    set_ack(member, device, stored, true, at)
else
    set_ack(member, device, position, true)
end
save_member(conversation, user, member)
