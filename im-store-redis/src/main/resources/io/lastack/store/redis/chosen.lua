-- Members of a conversation, former ones too. KEYS: the conversation. ARGV: users.
-- Returns for each the member and until when it is muted, or nil.
local result = {}
for i, user in ipairs(ARGV) do
    local member = redis.call('HGET', KEYS[1] .. ':members', user)
    result[i] = member and member .. ' ' .. (redis.call('HGET', KEYS[1] .. ':mutes', user) or '0')
end
return result
