-- Shared: how many messages count as unread. For each 64 seqs the facts of a conversation have a text that says how many
-- of them count, in all, by sender, and (after a #) by the users that others name in them: "9;alice=4;bob=5;#carol=1;".
-- What does not fill such a stretch is looked at one by one.
local STRETCH = 64

local function stretch_of(seq)
    return math.floor((seq - 1) / STRETCH)
end

-- Adds a message to what is counted, or with a sign of -1 takes it out. Counts that are in hand are written by save_counts.
local function tally(counts, conversation, seq, message, sign)
    if tonumber(message[SHAPE]) >= COUNTED then
        return
    end
    local stretch = stretch_of(seq)
    local count = counts[stretch]
    if not count then
        count = {total = 0, by = {}}
        local text = redis.call('HGET', conversation, 'u' .. stretch)
        if text then
            count.total = tonumber(string.match(text, '^%d+'))
            for name, number in string.gmatch(text, ';([^=;]+)=(%d+)') do
                count.by[name] = tonumber(number)
            end
        end
        counts[stretch] = count
    end
    count.total = count.total + sign
    count.by[message[SENDER]] = (count.by[message[SENDER]] or 0) + sign
    for user in string.gmatch(message[MENTIONS], '%S+') do
        if user ~= message[SENDER] then
            count.by['#' .. user] = (count.by['#' .. user] or 0) + sign
        end
    end
end

local function save_counts(counts, conversation)
    for stretch, count in pairs(counts) do
        local parts = {count.total .. ';'}
        for name, number in pairs(count.by) do
            if number > 0 then
                parts[#parts + 1] = name .. '=' .. number .. ';'
            end
        end
        redis.call('HSET', conversation, 'u' .. stretch, table.concat(parts))
    end
end

local function part_of(text, name)
    local _, at = string.find(text, ';' .. name .. '=', 1, true)
    return at and tonumber(string.match(text, '^%d+', at + 1)) or 0
end

local function scan_unread(conversation, user, low, high)
    local unread, mentions = 0, 0
    walk(conversation, low + 1, high, STRETCH, function(_, message)
        if tonumber(message[SHAPE]) < COUNTED and message[SENDER] ~= user then
            unread = unread + 1
            if string.find(' ' .. message[MENTIONS] .. ' ', ' ' .. user .. ' ', 1, true) then
                mentions = mentions + 1
            end
        end
    end)
    return unread, mentions
end

-- How many messages above low and up to high others than the user sent and count, and how many of them name the user; all
-- of them exist.
local function count_unread(conversation, user, low, high)
    if high <= low then
        return 0, 0
    end
    local first, after = math.ceil(low / STRETCH), math.floor(high / STRETCH)
    if first >= after then
        return scan_unread(conversation, user, low, high)
    end
    local unread, mentions = scan_unread(conversation, user, low, first * STRETCH)
    for from = first, after - 1, 500 do
        local names = {}
        for stretch = from, math.min(from + 499, after - 1) do
            names[#names + 1] = 'u' .. stretch
        end
        for _, text in ipairs(redis.call('HMGET', conversation, unpack(names))) do
            if text then
                unread = unread + tonumber(string.match(text, '^%d+')) - part_of(text, user)
                mentions = mentions + part_of(text, '#' .. user)
            end
        end
    end
    local last_unread, last_mentions = scan_unread(conversation, user, after * STRETCH, high)
    return unread + last_unread, mentions + last_mentions
end
