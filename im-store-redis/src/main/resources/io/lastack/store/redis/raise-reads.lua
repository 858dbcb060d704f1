-- Moves read cursors of a conversation that lies in another store up.
--
-- KEYS: the conversation. ARGV: user, seq, at, …
-- Returns a letter for each: A advanced, U unchanged.
local conversation = KEYS[1]

local result = {}
for i = 1, #ARGV, 3 do
    local user, seq, at = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local standing = find_standing(conversation, user)
    if not is_above(seq, standing.read) then
        result[#result + 1] = 'U'
    else
        standing.read = seq
        standing.read_at = at
        save_standing(conversation, user, standing)
        result[#result + 1] = 'A'
    end
end
return table.concat(result)
