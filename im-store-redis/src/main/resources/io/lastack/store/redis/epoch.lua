-- Reads the epoch, or replaces it if it is still what is expected. KEYS: the epoch. ARGV: expected (empty for none), fresh;
-- or nothing, to read. Returns it as it is now, or nil.
local epoch = redis.call('GET', KEYS[1])
if #ARGV == 2 and (epoch or '') == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2])
    return ARGV[2]
end
return epoch
