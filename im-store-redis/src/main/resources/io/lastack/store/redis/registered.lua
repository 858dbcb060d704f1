-- Ends what device.lua began. KEYS: the user. ARGV: device. Returns 1 to the first who comes, otherwise 0.
local devices, device = KEYS[1] .. ':devices', ARGV[1]

if redis.call('HGET', devices, device) == 'registered' then
    return 0
end
redis.call('HSET', devices, device, 'registered')
return 1
