-- Moves ack cursors of a conversation that lies in another store up. A device gets its first one there only where it is noted
-- with its user, which is in another slot: so that it is found there.
--
-- KEYS: the conversation. ARGV: noted (1 if the devices are noted with their users, 0 if that is not known), then
--   user, device, seq, at (0 if not known), …
-- Returns a letter for each: A advanced, U unchanged, N unchanged because the device has to be noted first.
local conversation, noted = KEYS[1], ARGV[1] == '1'

local result = {}
for i = 2, #ARGV, 4 do
    local user, device, seq = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local standing = find_standing(conversation, user)
    local stored = floor_of(standing.acks, device)
    if not is_above(seq, stored or '0') then
        result[#result + 1] = 'U'
    elseif not stored and not noted then
        result[#result + 1] = 'N'
    else
        standing.acks = with_floor(standing.acks, device, seq, false, ARGV[i + 3] ~= '0' and ARGV[i + 3])
        save_standing(conversation, user, standing)
        result[#result + 1] = 'A'
    end
end
return table.concat(result)
