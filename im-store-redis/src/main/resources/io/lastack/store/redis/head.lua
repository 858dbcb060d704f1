-- The head of a log. KEYS: the conversation. Returns it, or nil.
return tonumber(redis.call('HGET', KEYS[1], 'head'))
