-- Moves the mark of how far a conversation was looked through, if it is where the caller saw it, or by this very move already.
-- KEYS: the conversation. ARGV: expected, through, move. Returns 1 if it was moved, 0 otherwise.
local facts = redis.call('HMGET', KEYS[1], 'head', 'looked', 'lookedBy')
if not facts[1] then
    return 0
end
if facts[3] == ARGV[3] then
    return 1
end
if (tonumber(facts[2]) or 0) ~= tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'looked', ARGV[2], 'lookedBy', ARGV[3])
return 1
