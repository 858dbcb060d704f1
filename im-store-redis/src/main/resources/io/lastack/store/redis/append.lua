-- Appends drafts to conversations: all of them or, where something has to be prepared first, none.
--
-- KEYS: the conversations, in the order in which their drafts follow.
-- ARGV: sent_at, once_bytes, prepared_at (milliseconds by the server's clock; empty if nothing was prepared), then for each
--   conversation
--     kind      direct, inbox or group
--     named     who are members by its name, separated by spaces
--     ready     who have it among their intended conversations
--     noted     senders who have it among those they wrote to
--     n         how many drafts follow, each as
--       sender, client_id, digest, shape, body, extra, mentions, ext, revises, deed (recall, edit, react, unreact or empty),
--         change (lines: operation, detail, users, name; or empty)
--
-- Returns {'late'} if what was prepared is too old, {'prepare', index, user, …} with an empty user for a conversation that
-- is to come into being, or {'done', outcomes, members, …}: a text each for every conversation. An outcome is a letter and,
-- if the message is in the log, its seq: A appended, D:seq:sent_at there already, N no such group, X dissolved, E exists, Lsize would have
-- more members than allowed, O would have members and no owner, F nothing there to revise, K nothing that can be revised, B blank.
-- Members are those of ready who belong or belonged to it now.
local sent_at, once_bytes, prepared_at = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local LATE_MILLIS = 60000

if prepared_at then
    local time = redis.call('TIME')
    if time[1] * 1000 + math.floor(time[2] / 1000) - prepared_at > LATE_MILLIS then
        return {'late'}
    end
end

local function words(text)
    local set = {}
    for word in string.gmatch(text, '%S+') do
        set[word] = true
    end
    return set
end

local function creates(draft)
    return string.sub(draft.change, 1, 7) == 'create\n'
end

local function revises(draft)
    return draft.deed == 'recall' or draft.deed == 'edit'
end

local conversations = {}
local at = 4
for i, key in ipairs(KEYS) do
    local conversation = {
        key = key,
        kind = ARGV[at],
        named = ARGV[at + 1],
        ready = ARGV[at + 2],
        noted = words(ARGV[at + 3]),
        drafts = {},
    }
    local count = tonumber(ARGV[at + 4])
    at = at + 5
    for d = 1, count do
        conversation.drafts[d] = {
            sender = ARGV[at],
            digest = ARGV[at + 2],
            deed = ARGV[at + 9],
            change = ARGV[at + 10],
            message = {
                ARGV[at],
                sent_at,
                ARGV[at + 3],
                ARGV[at + 1],
                ARGV[at + 4],
                ARGV[at + 5],
                ARGV[at + 6],
                ARGV[at + 7],
                ARGV[at + 8],
                '',
            },
        }
        at = at + 11
    end
    local facts = redis.call('HMGET', key, 'head', 'history', 'members', 'dissolved', 'trimmed')
    conversation.head = tonumber(facts[1]) or 0
    conversation.exists = conversation.head > 0
    conversation.history = facts[2] or '1'
    conversation.members = tonumber(facts[3]) or 0
    conversation.dissolved = facts[4] == '1'
    conversation.trimmed = tonumber(facts[5]) or 0
    conversations[i] = conversation
end

-- What has to be prepared. Nothing is written before all of it is known to be there.
local missing = {'prepare'}
for i, c in ipairs(conversations) do
    local comes_to_be = false
    for _, draft in ipairs(c.drafts) do
        comes_to_be = comes_to_be or creates(draft) or (c.kind ~= 'group' and not revises(draft))
    end
    if not c.exists and comes_to_be and c.kind ~= 'group' and c.ready == '' then
        missing[#missing + 1] = i
        missing[#missing + 1] = ''
    end
    local asked = {}
    c.strangers = {}
    local named = c.exists and {} or words(c.named)
    for _, draft in ipairs(c.drafts) do
        local sender = draft.sender
        if (c.exists or comes_to_be) and not asked[sender] and not named[sender] and not creates(draft) then
            asked[sender] = true
            if
                redis.call('HEXISTS', c.key .. ':members', sender) == 0
                and redis.call('SISMEMBER', c.key .. ':outsiders', sender) == 0
            then
                c.strangers[#c.strangers + 1] = sender
                if not c.noted[sender] then
                    missing[#missing + 1] = i
                    missing[#missing + 1] = sender
                end
            end
        end
    end
end
if #missing > 1 then
    return missing
end

local function join(c, user, role, seq)
    local member = find_member(c.key, user)
    if member and member.last == '-' then
        return
    end
    member = member or {read = 0, read_at = '0', acks = ';'}
    member.role = role
    member.joined = string.format('%.0f', seq)
    member.first = c.history == '1' and 1 or seq
    member.last = '-'
    save_member(c.key, user, member)
    c.members = c.members + 1
    if c.kind == 'group' then
        redis.call('ZADD', c.key .. ':order', 0, user)
    end
end

local function leave(c, user, seq)
    local member = find_member(c.key, user)
    if member and member.last == '-' then
        member.last = string.format('%.0f', seq)
        save_member(c.key, user, member)
        redis.call('HDEL', c.key .. ':mutes', user)
        c.members = c.members - 1
        redis.call('ZREM', c.key .. ':order', user)
    end
end

local function set_role(c, user, role)
    local member = find_member(c.key, user)
    if member and member.last == '-' then
        member.role = role
        save_member(c.key, user, member)
    end
end

local function is_current(c, user)
    local member = find_member(c.key, user)
    return member and member.last == '-'
end

local OWNER, ADMIN, MEMBER = '0', '1', '2'

-- Whether the change, if it is to keep an owner, would leave members and none.
local function ownerless(c, draft)
    local operation, detail, users = string.match(draft.change, '^(%l+)\n([^\n]*)\n([^\n]*)\n')
    local removes, demotes = operation == 'remove' and detail == 'keep', operation == 'role' and detail ~= OWNER
    if not removes and not demotes then
        return false
    end
    local touched, found, owns = words(users), 0, false
    for user in pairs(touched) do
        local member = find_member(c.key, user)
        if member and member.last == '-' then
            found = found + 1
            owns = owns or member.role == OWNER
        end
    end
    if not owns or (removes and found == c.members) then
        return false
    end
    local members = redis.call('HGETALL', c.key .. ':members')
    for i = 1, #members, 2 do
        if not touched[members[i]] and string.find(members[i + 1], '^' .. OWNER .. ' %d+ %d+ %- ') then
            return false
        end
    end
    return true
end

-- How many members the group would have, if that is more than the change allows; nil otherwise.
local function overfull(c, draft)
    local operation, detail, users = string.match(draft.change, '^(%l+)\n([^\n]*)\n([^\n]*)\n')
    if operation ~= 'create' and operation ~= 'add' then
        return nil
    end
    local most = tonumber(string.match(detail, ':(%d+)$'))
    local joining = words(users)
    if operation == 'create' then
        joining[draft.sender] = true
    end
    local newcomers = 0
    for user in pairs(joining) do
        if not is_current(c, user) then
            newcomers = newcomers + 1
        end
    end
    return newcomers > 0 and c.members + newcomers > most and c.members + newcomers or nil
end

local changes = {
    create = function(c, draft, seq, detail, users, name)
        local history = string.sub(detail, 1, 1)
        c.history = history
        redis.call('HSET', c.key, 'name', name, 'history', history)
        join(c, draft.sender, OWNER, seq)
        for user in string.gmatch(users, '%S+') do
            join(c, user, MEMBER, seq)
        end
    end,
    add = function(c, _, seq, detail, users)
        for user in string.gmatch(users, '%S+') do
            join(c, user, string.sub(detail, 1, 1), seq)
        end
    end,
    attributes = function(c, _, _, _, _, pairs_of_text)
        redis.call('DEL', c.key .. ':attributes')
        for name, value in string.gmatch(pairs_of_text, '([^%z]*)%z([^%z]*)%z') do
            redis.call('HSET', c.key .. ':attributes', name, value)
        end
    end,
    history = function(c, _, _, history)
        c.history = history
        redis.call('HSET', c.key, 'history', history)
    end,
    transfer = function(c, _, _, _, users)
        local from, to = string.match(users, '^(%S+) (%S+)$')
        if is_current(c, to) then
            set_role(c, to, OWNER)
            local old = find_member(c.key, from)
            if old and old.role == OWNER then
                set_role(c, from, ADMIN)
            end
        end
    end,
    mute = function(c, _, _, until_millis, user)
        if until_millis == '0' then
            redis.call('HDEL', c.key .. ':mutes', user)
        elseif is_current(c, user) then
            redis.call('HSET', c.key .. ':mutes', user, until_millis)
        end
    end,
    setting = function(c, _, _, value, conversation)
        if value == '0 0' then
            redis.call('HDEL', c.key .. ':settings', conversation)
        else
            redis.call('HSET', c.key .. ':settings', conversation, value)
        end
    end,
    block = function(c, _, _, blocked, user)
        if blocked == '1' then
            redis.call('ZADD', c.key .. ':blocked', 0, user)
        else
            redis.call('ZREM', c.key .. ':blocked', user)
        end
    end,
    remove = function(c, _, seq, _, users)
        for user in string.gmatch(users, '%S+') do
            leave(c, user, seq)
        end
    end,
    role = function(c, _, _, role, users)
        set_role(c, users, role)
    end,
    rename = function(c, _, _, _, _, name)
        redis.call('HSET', c.key, 'name', name)
    end,
    dissolve = function(c, _, seq)
        for _, user in ipairs(redis.call('HKEYS', c.key .. ':members')) do
            leave(c, user, seq)
        end
        c.dissolved = true
        redis.call('HSET', c.key, 'dissolved', '1')
    end,
}

local function is_same(c, seq, draft)
    local message = message_at(c.key, seq)
    return message[SENDER] == draft.sender and message[CLIENT_ID] == draft.message[CLIENT_ID] and message or nil
end

-- The first seq and time of a draft that is in the log.
local function first_append(c, draft)
    local once = c.key .. ':once'
    local value = redis.call('HGET', once, draft.digest)
    if not value then
        return nil
    end
    local seq, more = parse_once(value)
    local message = seq ~= '' and is_same(c, tonumber(seq), draft)
    if message then
        return seq, message[SENT_AT]
    end
    draft.alike = seq .. '+'
    seq = more and redis.call('HGET', once, full_name(draft.sender, draft.message[CLIENT_ID], once_bytes))
    return seq, seq and message_at(c.key, tonumber(seq))[SENT_AT]
end

-- Why an entry cannot be revised; nil if it can.
local function refused(c, draft, target)
    if not target or target <= c.trimmed or target > c.head then
        return 'F'
    end
    local message = message_at(c.key, target)
    local shape = tonumber(message[SHAPE])
    if shape >= COUNTED then
        return 'K'
    end
    local says_nothing = message[BODY] == '' and message[EXT] == '' and message[MENTIONS] == ''
    return draft.deed == 'edit' and kind_of(shape) == 0 and says_nothing and 'B' or nil
end

local function act(c, draft, seq)
    local target = tonumber(draft.message[REVISES])
    if draft.deed == 'recall' then
        recall(c.counts, c.key, target, message_at(c.key, target), seq)
    elseif draft.deed == 'edit' then
        edit(c.counts, c.key, target, message_at(c.key, target), draft.message, seq)
    elseif target and target > c.trimmed and target < seq then
        if tonumber(message_at(c.key, target)[SHAPE]) < COUNTED then
            if draft.deed == 'react' then
                react(c.key, target, draft.sender, draft.message[BODY], seq)
            else
                take_reaction_back(c.key, target, draft.sender, draft.message[BODY])
            end
        end
    end
end

local function add(c, draft)
    local seq = c.head + 1
    c.head = seq
    add_entry(c.key, seq, draft.message)
    local once = c.key .. ':once'
    if draft.alike then
        local name = full_name(draft.sender, draft.message[CLIENT_ID], once_bytes)
        redis.call('HSET', once, draft.digest, draft.alike, name, seq)
    else
        redis.call('HSET', once, draft.digest, seq)
    end
    tally(c.counts, c.key, seq, draft.message, 1)
    if not c.exists then
        c.exists = true
        for user in string.gmatch(c.named, '%S+') do
            join(c, user, MEMBER, seq)
        end
    end
    if draft.change ~= '' then
        local operation, detail, users, name = string.match(draft.change, '^(%l+)\n([^\n]*)\n([^\n]*)\n(.*)$')
        changes[operation](c, draft, seq, detail, users, name)
    end
    if draft.deed ~= '' then
        act(c, draft, seq)
    end
    c.wrote[draft.sender] = true
    return 'A' .. seq
end

local function append(c, draft)
    local seq, first_sent_at = first_append(c, draft)
    if seq then
        return 'D' .. seq .. ':' .. first_sent_at
    end
    if c.dissolved then
        return 'X'
    end
    if creates(draft) and c.exists then
        return 'E'
    end
    if not c.exists and (c.kind == 'group' or revises(draft)) and not creates(draft) then
        return 'N'
    end
    local size = overfull(c, draft)
    if size then
        return string.format('L%.0f', size)
    end
    if ownerless(c, draft) then
        return 'O'
    end
    return revises(draft) and refused(c, draft, tonumber(draft.message[REVISES])) or add(c, draft)
end

local function save(c)
    redis.call('HSET', c.key, 'head', c.head, 'members', c.members)
    save_counts(c.counts, c.key)
    for _, sender in ipairs(c.strangers) do
        if c.wrote[sender] and redis.call('HEXISTS', c.key .. ':members', sender) == 0 then
            redis.call('SADD', c.key .. ':outsiders', sender)
        end
    end
end

local result = {'done'}
for _, c in ipairs(conversations) do
    local before = c.head
    c.counts = {}
    c.wrote = {}
    local outcomes = {}
    for d, draft in ipairs(c.drafts) do
        outcomes[d] = append(c, draft)
    end
    if c.head > before then
        save(c)
    end
    local members = {}
    for user in string.gmatch(c.ready, '%S+') do
        if redis.call('HEXISTS', c.key .. ':members', user) == 1 then
            members[#members + 1] = user
        end
    end
    result[#result + 1] = table.concat(outcomes, ' ')
    result[#result + 1] = table.concat(members, ' ')
end
return result
