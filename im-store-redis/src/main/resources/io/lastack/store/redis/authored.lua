-- Reads some of the messages that a user sent to a conversation.
--
-- KEYS: the conversation. ARGV: sender, above (a seq), look_at (how many messages of anybody at the most), limit, max_bytes.
-- Returns {through, 1 if that is the head, then the messages as in a page}.
local conversation = KEYS[1]
local sender, above, look_at = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local limit, max_bytes = tonumber(ARGV[4]), tonumber(ARGV[5])

local facts = redis.call('HMGET', conversation, 'head', 'trimmed')
local head, trimmed = tonumber(facts[1]) or 0, tonumber(facts[2]) or 0
local first = math.max(above, trimmed) + 1
local through = math.max(math.min(head, first + look_at - 1), above)
local result = {0, 0}
local taken, bytes = 0, 0
walk(conversation, first, through, 64, function(seq, message)
    if message[SENDER] == sender then
        add_message(result, seq, message)
        taken = taken + 1
        bytes = bytes + #message[BODY]
        if taken == limit or bytes >= max_bytes then
            through = seq
            return true
        end
    end
end)
result[1] = through
result[2] = through >= head and 1 or 0
return result
