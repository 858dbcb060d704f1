-- Notes a conversation for walks through all of them, before it comes into being. KEYS: a part of the index. ARGV: names.
for _, conversation in ipairs(ARGV) do
    redis.call('ZADD', KEYS[1], 0, conversation)
end
