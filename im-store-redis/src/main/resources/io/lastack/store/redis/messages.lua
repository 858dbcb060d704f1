-- Shared: messages of one conversation. An entry of the stream never changes; a message that does is taken out of the
-- stream and lives on under its seq in the hash of the changed ones. A message is a list of these; a shape below COUNTED
-- counts as unread. What comes after the body is rare: in the stream it is one field, empty if there is none of it.
local SENDER, SENT_AT, SHAPE, CLIENT_ID, BODY = 1, 2, 3, 4, 5
local EXTRA, MENTIONS, EXT, REVISES, REVISED_BY = 6, 7, 8, 9, 10
local FIELDS = 10
local COUNTED = 64
local MEMBERSHIP_KIND, REACTION_KIND = 2, 5

local function kind_of(shape)
    return math.floor(shape / 32)
end

local function entry_id(seq)
    return string.format('%.0f-0', seq)
end

local function of_entry(fields)
    local message = {fields[2], fields[4], fields[6], fields[8], fields[10], '', '', '', '', ''}
    if fields[12] ~= '' then
        for i, value in ipairs(cmsgpack.unpack(fields[12])) do
            message[BODY + i] = value
        end
    end
    return message
end

local function add_entry(conversation, seq, m)
    local rare = {m[EXTRA], m[MENTIONS], m[EXT], m[REVISES]}
    redis.call(
        'XADD',
        conversation .. ':log',
        entry_id(seq),
        's',
        m[SENDER],
        't',
        m[SENT_AT],
        'k',
        m[SHAPE],
        'c',
        m[CLIENT_ID],
        'b',
        m[BODY],
        'x',
        table.concat(rare) == '' and '' or cmsgpack.pack(rare)
    )
end

local function changed_message(conversation, seq)
    local packed = redis.call('HGET', conversation .. ':changed', seq)
    if not packed then
        error('the log of ' .. conversation .. ' has a gap at ' .. seq)
    end
    return cmsgpack.unpack(packed)
end

local function change_message(conversation, seq, message)
    redis.call('HSET', conversation .. ':changed', seq, cmsgpack.pack(message))
    redis.call('XDEL', conversation .. ':log', entry_id(seq))
end

-- The message at a seq that exists.
local function message_at(conversation, seq)
    local id = entry_id(seq)
    local entry = redis.call('XRANGE', conversation .. ':log', id, id)[1]
    return entry and of_entry(entry[2]) or changed_message(conversation, seq)
end

-- Calls visit(seq, message) from first to last, all of which exist, until it returns true.
local function walk(conversation, first, last, chunk, visit)
    local seq = first
    while seq <= last do
        local entries = redis.call('XRANGE', conversation .. ':log', entry_id(seq), entry_id(last), 'COUNT', chunk)
        for _, entry in ipairs(entries) do
            local at = tonumber(string.match(entry[1], '^%d+'))
            while seq < at do
                if visit(seq, changed_message(conversation, seq)) then
                    return
                end
                seq = seq + 1
            end
            if visit(seq, of_entry(entry[2])) then
                return
            end
            seq = seq + 1
        end
        if #entries < chunk then
            while seq <= last do
                if visit(seq, changed_message(conversation, seq)) then
                    return
                end
                seq = seq + 1
            end
        end
    end
end

local function add_message(result, seq, message)
    result[#result + 1] = seq
    for i = 1, FIELDS do
        result[#result + 1] = message[i]
    end
end
