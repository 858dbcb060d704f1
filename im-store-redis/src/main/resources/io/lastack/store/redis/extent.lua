-- How far a log reaches. KEYS: the conversation. Returns {trimmed_through, head, when the oldest was sent or nil}, or nil.
local facts = redis.call('HMGET', KEYS[1], 'head', 'trimmed')
local head, trimmed = tonumber(facts[1]), tonumber(facts[2]) or 0
if not head then
    return nil
end
return {trimmed, head, head > trimmed and message_at(KEYS[1], trimmed + 1)[SENT_AT] or nil}
