-- A device connects: its entry takes the place of any other, with a since above that of any other of the user.
-- KEYS[1] the user's entries; ARGV: device, since, node, session, last activity, away, kind, how long to keep (ms)
local since = tonumber(ARGV[2])
for _, value in ipairs(redis.call('HVALS', KEYS[1])) do
  local theirs = tonumber(string.match(value, '^(%d+) '))
  if theirs and theirs >= since then
    since = theirs + 1
  end
end
local text = string.format('%.0f', since)
redis.call('HSET', KEYS[1], ARGV[1], table.concat({text, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]}, ' '))
redis.call('PEXPIRE', KEYS[1], ARGV[8])
return text
