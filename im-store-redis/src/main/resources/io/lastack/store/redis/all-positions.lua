-- The positions of all who have any in a conversation that lies in another store. KEYS: the conversation.
-- Returns {user, text, …}.
return redis.call('HGETALL', KEYS[1] .. ':positions')
