-- The attributes of a group: {name, value, …}. KEYS: the conversation.
return redis.call('HGETALL', KEYS[1] .. ':attributes')
