-- Keeps an entry as it is now, unless a later one of the device is there. Returns the one that is kept.
-- KEYS[1] the user's entries; ARGV: device, since, node, session, last activity, away, kind, how long to keep (ms)
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before then
  local since, session = string.match(before, '^(%d+) %S+ (%S+) ')
  local theirs, ours = tonumber(since), tonumber(ARGV[2])
  if theirs > ours or (theirs == ours and session > ARGV[4]) then
    return before
  end
end
local text = table.concat({ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]}, ' ')
redis.call('HSET', KEYS[1], ARGV[1], text)
redis.call('PEXPIRE', KEYS[1], ARGV[8])
return text
