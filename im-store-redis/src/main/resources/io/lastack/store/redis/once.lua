-- Shared: which messages are in the log already. The hash of a conversation leads from the first bytes of a digest of
-- sender and client id to a seq, where the message itself says whether it is the same. Of those whose digests begin alike,
-- all but the first are found under their full names, which are longer than any digest; a + after the seq says that there
-- are such.

local function full_name(sender, client_id, bytes)
    return string.rep('=', bytes) .. sender .. '\0' .. client_id
end

local function digest_name(sender, client_id, bytes)
    local hex = string.sub(redis.sha1hex(sender .. '\0' .. client_id), 1, 2 * bytes)
    return (string.gsub(hex, '..', function(pair)
        return string.char(tonumber(pair, 16))
    end))
end

-- What a digest leads to: a seq, empty if that message was deleted; and whether others are found under their full names.
local function parse_once(value)
    local seq, more = string.match(value, '^(%d*)(%+?)$')
    return seq, more == '+'
end

local function forget_once(conversation, sender, client_id, seq, bytes)
    local once = conversation .. ':once'
    local digest = digest_name(sender, client_id, bytes)
    local value = redis.call('HGET', once, digest)
    local first, more = parse_once(value or '')
    if tonumber(first) ~= seq then
        redis.call('HDEL', once, full_name(sender, client_id, bytes))
    elseif more then
        redis.call('HSET', once, digest, '+')
    else
        redis.call('HDEL', once, digest)
    end
end
