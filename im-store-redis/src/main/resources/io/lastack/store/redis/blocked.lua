-- Whom a user has blocked. KEYS: the user's inbox. ARGV: after (a user, or empty), limit. Returns users in ascending order.
local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
return redis.call('ZRANGEBYLEX', KEYS[1] .. ':blocked', from, '+', 'LIMIT', 0, ARGV[2])
