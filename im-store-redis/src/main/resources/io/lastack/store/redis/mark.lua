-- How far a conversation was looked through. KEYS: the conversation. Returns {mark, head}, or nil.
local facts = redis.call('HMGET', KEYS[1], 'looked', 'head')
return facts[2] and {tonumber(facts[1]) or 0, tonumber(facts[2])} or nil
