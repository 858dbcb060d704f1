-- A device is gone, unless another connection has taken its place. Remembers the last activity in the field ''.
-- KEYS[1] the user's entries; ARGV: device, node, session, last activity, how long to keep (ms)
-- Returns 1 if another device of the user is at the node still.
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if entry then
  local node, session = string.match(entry, '^%d+ (%S+) (%S+) ')
  if node == ARGV[2] and session == ARGV[3] then
    redis.call('HDEL', KEYS[1], ARGV[1])
    local seen = redis.call('HGET', KEYS[1], '')
    if not seen or tonumber(seen) < tonumber(ARGV[4]) then
      redis.call('HSET', KEYS[1], '', ARGV[4])
    end
    redis.call('PEXPIRE', KEYS[1], ARGV[5])
  end
end
for _, value in ipairs(redis.call('HVALS', KEYS[1])) do
  if string.match(value, '^%d+ (%S+) ') == ARGV[2] then
    return 1
  end
end
return 0
