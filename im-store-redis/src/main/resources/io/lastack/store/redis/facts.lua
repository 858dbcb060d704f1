-- A conversation as it stands. KEYS: the conversation. Returns head, name, history, members, dissolved; nil where unset.
return redis.call('HMGET', KEYS[1], 'head', 'name', 'history', 'members', 'dissolved')
