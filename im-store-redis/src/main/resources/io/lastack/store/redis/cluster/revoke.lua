-- Tokens issued before a time are refused; a later time that was said before stays.
-- KEYS[1] what is revoked of a user; ARGV: device or '' for all, time (ms), how long to keep (ms)
local before = redis.call('HGET', KEYS[1], ARGV[1])
if not before or tonumber(before) < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
