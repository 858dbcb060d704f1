-- Takes a user out of a conversation, as if it had never belonged there. KEYS: the conversation. ARGV: user.
local conversation, user = KEYS[1], ARGV[1]

if redis.call('EXISTS', conversation) == 0 then
    return
end
local member = find_member(conversation, user)
if member and member.last == '-' then
    redis.call('HINCRBY', conversation, 'members', -1)
    redis.call('ZREM', conversation .. ':order', user)
end
redis.call('HDEL', conversation .. ':members', user)
redis.call('HDEL', conversation .. ':mutes', user)
redis.call('SADD', conversation .. ':outsiders', user)
