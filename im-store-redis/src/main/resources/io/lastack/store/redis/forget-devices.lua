-- Forgets the devices of a user. KEYS: the user.
return redis.call('DEL', KEYS[1] .. ':devices')
