-- Shared: who belongs or belonged to a conversation, as texts in its hash of members: role, joined_seq, first_seq,
-- last_seq (- while a member), last_read, read_at, and the floors of the devices.

local function member_of(text)
    local role, joined, first, last, read, read_at, acks =
        string.match(text, '^(%d) (%d+) (%d+) (%S+) (%d+) (%d+) (%S+)$')
    return {
        role = role,
        joined = joined,
        first = tonumber(first),
        last = last,
        read = tonumber(read),
        read_at = read_at,
        acks = acks,
    }
end

local function find_member(conversation, user)
    local text = redis.call('HGET', conversation .. ':members', user)
    return text and member_of(text) or nil
end

local function save_member(conversation, user, member)
    local text = string.format(
        '%s %s %.0f %s %.0f %s %s',
        member.role,
        member.joined,
        member.first,
        member.last,
        member.read,
        member.read_at,
        member.acks
    )
    redis.call('HSET', conversation .. ':members', user, text)
end

-- The highest seq that exists and that the member may see.
local function visible_head(member, head)
    return member.last == '-' and head or math.min(head, tonumber(member.last))
end

-- The stored floor of a device and whether its registration put it there, and the text of its time or nil; nil for no floor.
local function stored_ack(member, device)
    local digits, started, time = floor_of(member.acks, device)
    return digits and tonumber(digits), started, time
end

local function set_ack(member, device, seq, started, at)
    member.acks = with_floor(member.acks, device, string.format('%.0f', seq), started, at)
end

local function highest_stored(member)
    local highest = 0
    for digits in string.gmatch(member.acks, '=(%d+)') do
        highest = math.max(highest, tonumber(digits))
    end
    return highest
end
