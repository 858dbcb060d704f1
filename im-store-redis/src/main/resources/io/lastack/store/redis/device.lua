-- Begins to register a device. KEYS: the user. ARGV: device.
-- Returns 0 if it is registered, and 1 if it has to be started in the user's conversations, by whomever.
local devices, device = KEYS[1] .. ':devices', ARGV[1]

if redis.call('HGET', devices, device) == 'registered' then
    return 0
end
redis.call('HSET', devices, device, 'starting')
return 1
