-- The conversations that a user belongs or belonged to.
--
-- KEYS: the user. ARGV: after (a conversation, or empty), limit (0 for none, -1 for all).
-- Returns {how many in all, {intention, age in milliseconds, …}, {conversation, …} in ascending order}.
local user, after, limit = KEYS[1], ARGV[1], tonumber(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local intended = redis.call('HGETALL', user .. ':intended')
for i = 2, #intended, 2 do
    intended[i] = now - intended[i]
end
local from = after == '' and '-' or '(' .. after
local page = limit == 0 and {} or redis.call('ZRANGEBYLEX', user .. ':list', from, '+', 'LIMIT', 0, limit)
return {redis.call('ZCARD', user .. ':list'), intended, page}
