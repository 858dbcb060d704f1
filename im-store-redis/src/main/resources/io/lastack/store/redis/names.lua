-- A page of names. KEYS: a sorted set of them. ARGV: from ([name, (name or -), limit. Returns them in ascending order.
return redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], '+', 'LIMIT', 0, ARGV[2])
