-- Members of a conversation, former ones too. KEYS: the conversation. ARGV: users. Returns the member or nil for each.
local result = {}
for i, user in ipairs(ARGV) do
    result[i] = redis.call('HGET', KEYS[1] .. ':members', user)
end
return result
