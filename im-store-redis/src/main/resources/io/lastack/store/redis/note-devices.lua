-- Notes devices that are about to get a position; what is known of their registration stays. KEYS: the user. ARGV: devices.
for _, device in ipairs(ARGV) do
    redis.call('HSETNX', KEYS[1] .. ':devices', device, 'heard')
end
