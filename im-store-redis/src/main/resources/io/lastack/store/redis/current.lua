-- A page of the current members of a group.
--
-- KEYS: the conversation. ARGV: after (a user, or empty), limit.
-- Returns {user, member and until when it is muted, …} in ascending order of user.
local conversation, after, limit = KEYS[1], ARGV[1], ARGV[2]

local from = after == '' and '-' or '(' .. after
local result = {}
for _, user in ipairs(redis.call('ZRANGEBYLEX', conversation .. ':order', from, '+', 'LIMIT', 0, limit)) do
    result[#result + 1] = user
    result[#result + 1] = redis.call('HGET', conversation .. ':members', user)
        .. ' '
        .. (redis.call('HGET', conversation .. ':mutes', user) or '0')
end
return result
