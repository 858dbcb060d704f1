-- Shared: the positions of users in a conversation that lies in another store, as texts in a hash of its own: last_read,
-- read_at (0 if not known), and the floors of the devices. Seqs stay texts: nothing here says how high they are.

local function find_standing(conversation, user)
    local text = redis.call('HGET', conversation .. ':positions', user) or '0 0 ;'
    local read, read_at, acks = string.match(text, '^(%d+) (%d+) (%S+)$')
    return {read = read, read_at = read_at, acks = acks}
end

local function save_standing(conversation, user, standing)
    local text = standing.read .. ' ' .. standing.read_at .. ' ' .. standing.acks
    redis.call('HSET', conversation .. ':positions', user, text)
end

-- Whether a seq is above another; neither begins with a 0 that it could do without.
local function is_above(seq, other)
    return #seq > #other or (#seq == #other and seq > other)
end
