-- How a user wants conversations shown. KEYS: the user's inbox. ARGV: conversations. Returns a text for each, or nil.
local found = {}
for i, conversation in ipairs(ARGV) do
    found[i] = redis.call('HGET', KEYS[1] .. ':settings', conversation) or ''
end
return found
