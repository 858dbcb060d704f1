-- Some of the owners among the current members of a group.
--
-- KEYS: the conversation. ARGV: limit. Returns the users.
local members = redis.call('HGETALL', KEYS[1] .. ':members')
local owners = {}
for i = 1, #members, 2 do
    if #owners < tonumber(ARGV[1]) and string.find(members[i + 1], '^0 %d+ %d+ %- ') then
        owners[#owners + 1] = members[i]
    end
end
return owners
