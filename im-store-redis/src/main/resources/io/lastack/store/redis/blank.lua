-- Empties messages of a sender, and all edits of them; takes back what it said by reactions.
--
-- KEYS: the conversation. ARGV: sender, seqs.
local conversation, sender = KEYS[1], ARGV[1]

local trimmed = tonumber(redis.call('HGET', conversation, 'trimmed')) or 0
local counts = {}
for i = 2, #ARGV do
    local seq = tonumber(ARGV[i])
    if seq > trimmed then
        local message = message_at(conversation, seq)
        if message[SENDER] == sender then
            if kind_of(tonumber(message[SHAPE])) == REACTION_KIND and message[REVISES] ~= '' then
                take_reaction_back(conversation, tonumber(message[REVISES]), sender, message[BODY])
            end
            blank(counts, conversation, seq, message)
            blank_edits(counts, conversation, seq)
        end
    end
end
save_counts(counts, conversation)
