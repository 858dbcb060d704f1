-- The devices of a user that are registered. KEYS: the user. Returns {device, state, …}.
return redis.call('HGETALL', KEYS[1] .. ':devices')
