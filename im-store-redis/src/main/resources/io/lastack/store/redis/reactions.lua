-- The current reactions to the messages of a range. KEYS: the conversation. ARGV: first, last, limit.
-- Returns {seq user emoji, message, …} in ascending order of message and seq.
return redis.call(
    'ZRANGEBYSCORE',
    KEYS[1] .. ':reactions',
    ARGV[1],
    ARGV[2],
    'WITHSCORES',
    'LIMIT',
    0,
    ARGV[3]
)
