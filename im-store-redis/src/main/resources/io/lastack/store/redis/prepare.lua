-- Prepares a user's keys for an append: conversations that the user is to belong to, and such that it writes to without.
--
-- KEYS: the user. ARGV: token, n, n conversations to belong to, conversations written to.
-- Returns the time, in milliseconds.
local user, token, joins = KEYS[1], ARGV[1], tonumber(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 3, #ARGV do
    if i < joins + 3 then
        redis.call('HSET', user .. ':intended', token .. ' ' .. ARGV[i], now)
    else
        redis.call('ZADD', user .. ':wrote', 0, ARGV[i])
    end
end
return now
