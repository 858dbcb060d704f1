-- What users may see of a conversation. KEYS: the conversation. ARGV: users.
-- Returns for each {first_seq, the highest seq that exists and that it may see}, or nil for no member, former ones included.
local conversation = KEYS[1]

local head = tonumber(redis.call('HGET', conversation, 'head')) or 0
local result = {}
for i, user in ipairs(ARGV) do
    local member = find_member(conversation, user)
    result[i] = member and {member.first, visible_head(member, head)} or false
end
return result
