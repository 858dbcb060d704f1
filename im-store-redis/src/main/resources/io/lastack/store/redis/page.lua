-- Reads a page of a log.
--
-- KEYS: the conversation. ARGV: first, last, max_bytes.
-- Returns {trimmed_through, then of each message its seq and its fields}.
local conversation = KEYS[1]
local first, last, max_bytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local facts = redis.call('HMGET', conversation, 'head', 'trimmed')
local head, trimmed = tonumber(facts[1]) or 0, tonumber(facts[2]) or 0
local result = {trimmed}
local bytes = 0
walk(conversation, math.max(first, trimmed + 1), math.min(last, head), 16, function(seq, message)
    add_message(result, seq, message)
    bytes = bytes + #message[BODY]
    return bytes >= max_bytes
end)
return result
