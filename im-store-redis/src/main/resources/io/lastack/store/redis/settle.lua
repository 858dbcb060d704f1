-- Ends intentions to belong somewhere. KEYS: the user. ARGV: n, n conversations that it belongs to, the intentions.
local user, belongs = KEYS[1], tonumber(ARGV[1])

for i = 2, #ARGV do
    if i < belongs + 2 then
        redis.call('ZADD', user .. ':list', 0, ARGV[i])
    else
        redis.call('HDEL', user .. ':intended', ARGV[i])
    end
end
