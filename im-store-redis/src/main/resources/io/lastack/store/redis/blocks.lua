-- Whether a user has blocked another. KEYS: the user's inbox. ARGV: the other. Returns 0 or 1.
return redis.call('ZSCORE', KEYS[1] .. ':blocked', ARGV[1]) and 1 or 0
