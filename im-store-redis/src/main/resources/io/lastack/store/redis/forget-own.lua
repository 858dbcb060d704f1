-- Forgets what a user has set for itself. KEYS: the user's inbox.
return redis.call('DEL', KEYS[1] .. ':settings', KEYS[1] .. ':blocked')
