-- Shared: what entries make of earlier ones. The hash of edits leads from a message to the entries that edited it. The
-- sorted set of reactions has the current ones, by message and then seq; the hash of those who reacted finds them there.
local RECALLED_SHAPE = '192'

local function replace(counts, conversation, seq, old, new)
    tally(counts, conversation, seq, old, -1)
    tally(counts, conversation, seq, new, 1)
    change_message(conversation, seq, new)
end

-- The message as it is when it is erased: an entry about members stays, every other loses its body, ext and mentions.
local function erased(m)
    local shape = tonumber(m[SHAPE])
    if kind_of(shape) == MEMBERSHIP_KIND then
        return m
    end
    local text = tostring(shape - shape % 2)
    return {m[SENDER], m[SENT_AT], text, m[CLIENT_ID], '', m[EXTRA], '', '', m[REVISES], m[REVISED_BY]}
end

local function blank(counts, conversation, seq, message)
    replace(counts, conversation, seq, message, erased(message))
end

local function blank_edits(counts, conversation, target)
    local seqs = redis.call('HGET', conversation .. ':edits', target)
    for seq in string.gmatch(seqs or '', '%d+') do
        blank(counts, conversation, tonumber(seq), message_at(conversation, tonumber(seq)))
    end
end

local function reacted_name(target, user, emoji)
    return string.format('%.0f %s %s', target, user, emoji)
end

local function reaction_name(seq, user, emoji)
    return string.format('%016.0f %s %s', seq, user, emoji)
end

local function take_reaction_back(conversation, target, user, emoji)
    local name = reacted_name(target, user, emoji)
    local seq = redis.call('HGET', conversation .. ':reacted', name)
    if seq then
        redis.call('ZREM', conversation .. ':reactions', reaction_name(tonumber(seq), user, emoji))
        redis.call('HDEL', conversation .. ':reacted', name)
    end
end

local function react(conversation, target, user, emoji, seq)
    take_reaction_back(conversation, target, user, emoji)
    redis.call('ZADD', conversation .. ':reactions', target, reaction_name(seq, user, emoji))
    redis.call('HSET', conversation .. ':reacted', reacted_name(target, user, emoji), seq)
end

-- Takes the reactions to the messages from first to last away.
local function forget_reactions(conversation, first, last)
    local reactions = redis.call('ZRANGEBYSCORE', conversation .. ':reactions', first, last, 'WITHSCORES')
    for i = 1, #reactions, 2 do
        local user, emoji = string.match(reactions[i], '^%d+ (%S+) (.*)$')
        redis.call('HDEL', conversation .. ':reacted', reacted_name(tonumber(reactions[i + 1]), user, emoji))
    end
    redis.call('ZREMRANGEBYSCORE', conversation .. ':reactions', first, last)
end

local function recall(counts, conversation, target, message, seq)
    local by = string.format('%.0f', seq)
    local nothing = {message[SENDER], message[SENT_AT], RECALLED_SHAPE, message[CLIENT_ID], '', '', '', '', '', by}
    replace(counts, conversation, target, message, nothing)
    blank_edits(counts, conversation, target)
    redis.call('HDEL', conversation .. ':edits', target)
    forget_reactions(conversation, target, target)
end

local function edit(counts, conversation, target, message, edition, seq)
    local shape = tonumber(message[SHAPE])
    local new = {
        message[SENDER],
        message[SENT_AT],
        tostring(shape - shape % 2 + tonumber(edition[SHAPE]) % 2),
        message[CLIENT_ID],
        edition[BODY],
        message[EXTRA],
        edition[MENTIONS],
        edition[EXT],
        message[REVISES],
        string.format('%.0f', seq),
    }
    replace(counts, conversation, target, message, new)
    local edits = redis.call('HGET', conversation .. ':edits', target)
    redis.call('HSET', conversation .. ':edits', target, (edits and edits .. ' ' or '') .. string.format('%.0f', seq))
end
