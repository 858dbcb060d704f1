-- Forgets the positions of a user in a conversation that lies in another store. KEYS: the conversation. ARGV: user.
return redis.call('HDEL', KEYS[1] .. ':positions', ARGV[1])
