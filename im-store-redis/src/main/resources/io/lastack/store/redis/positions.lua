-- The positions of users in a conversation that lies in another store. KEYS: the conversation. ARGV: users.
-- Returns for each a text, or nil.
local result = {}
for i, user in ipairs(ARGV) do
    result[i] = redis.call('HGET', KEYS[1] .. ':positions', user)
end
return result
