-- Moves read cursors of one conversation up.
--
-- KEYS: the conversation. ARGV: user, seq, at, …
-- Returns a letter for each: A advanced, U unchanged, R refused.
local conversation = KEYS[1]

local head = tonumber(redis.call('HGET', conversation, 'head')) or 0
local result = {}
for i = 1, #ARGV, 3 do
    local user, seq, at = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
    local member = find_member(conversation, user)
    if not member or seq > visible_head(member, head) then
        result[#result + 1] = 'R'
    elseif seq <= member.read then
        result[#result + 1] = 'U'
    else
        member.read = seq
        member.read_at = at
        save_member(conversation, user, member)
        result[#result + 1] = 'A'
    end
end
return table.concat(result)
