-- Moves ack cursors of one conversation up.
--
-- KEYS: the conversation. ARGV: user, device, seq, at (0 if not known), …
-- Returns a letter for each: A advanced, U unchanged, R refused.
local conversation = KEYS[1]

local head = tonumber(redis.call('HGET', conversation, 'head')) or 0
local result = {}
for i = 1, #ARGV, 4 do
    local user, device, seq = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
    local member = find_member(conversation, user)
    if not member or seq > visible_head(member, head) then
        result[#result + 1] = 'R'
    else
        local stored, started = stored_ack(member, device)
        if seq <= math.max(member.first - 1, stored or 0) then
            result[#result + 1] = 'U'
        else
            set_ack(member, device, seq, started, ARGV[i + 3] ~= '0' and ARGV[i + 3])
            save_member(conversation, user, member)
            result[#result + 1] = 'A'
        end
    end
end
return table.concat(result)
