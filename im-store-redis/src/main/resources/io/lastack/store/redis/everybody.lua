-- Everybody who belongs or belonged to a conversation. KEYS: the conversation. Returns {user, member, …}.
return redis.call('HGETALL', KEYS[1] .. ':members')
