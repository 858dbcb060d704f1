-- A device connects: its entry takes the place of any other, with a since above that one's.
-- KEYS[1] the user's entries; ARGV: device, since, node, session, last activity, away, how long to keep (ms)
local since = tonumber(ARGV[2])
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before then
  local theirs = tonumber(string.match(before, '^(%d+) '))
  if theirs >= since then
    since = theirs + 1
  end
end
local text = string.format('%.0f', since)
redis.call('HSET', KEYS[1], ARGV[1], table.concat({text, ARGV[3], ARGV[4], ARGV[5], ARGV[6]}, ' '))
redis.call('PEXPIRE', KEYS[1], ARGV[7])
return text
