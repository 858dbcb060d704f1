-- Deletes the oldest messages of a log.
--
-- KEYS: the conversation. ARGV: through, sent_before, at_most, once_bytes. Returns up to where they are gone.
local conversation = KEYS[1]
local through, sent_before = tonumber(ARGV[1]), tonumber(ARGV[2])
local at_most, once_bytes = tonumber(ARGV[3]), tonumber(ARGV[4])

local facts = redis.call('HMGET', conversation, 'head', 'trimmed')
local head, trimmed = tonumber(facts[1]) or 0, tonumber(facts[2]) or 0
local gone = trimmed
walk(conversation, trimmed + 1, math.min(through, head, trimmed + at_most), 64, function(seq, message)
    if tonumber(message[SENT_AT]) >= sent_before then
        return true
    end
    forget_once(conversation, message[SENDER], message[CLIENT_ID], seq, once_bytes)
    gone = seq
end)
if gone == trimmed then
    return trimmed
end
redis.call('XTRIM', conversation .. ':log', 'MINID', entry_id(gone + 1))
for _, kept in ipairs({':changed', ':edits'}) do
    if redis.call('EXISTS', conversation .. kept) == 1 then
        for seq = trimmed + 1, gone do
            redis.call('HDEL', conversation .. kept, seq)
        end
    end
end
forget_reactions(conversation, trimmed + 1, gone)
for stretch = stretch_of(trimmed + 1), stretch_of(gone + 1) - 1 do
    redis.call('HDEL', conversation, 'u' .. stretch)
end
redis.call('HSET', conversation, 'trimmed', gone)
return gone
