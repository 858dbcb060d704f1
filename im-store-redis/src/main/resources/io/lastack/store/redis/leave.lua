-- Moves conversations of a user from those it belongs to, to those it wrote to.
--
-- KEYS: the user. ARGV: note (before it is taken out of them) or drop (after), conversations.
for i = 2, #ARGV do
    if ARGV[1] == 'note' then
        redis.call('ZADD', KEYS[1] .. ':wrote', 0, ARGV[i])
    else
        redis.call('ZREM', KEYS[1] .. ':list', ARGV[i])
    end
end
