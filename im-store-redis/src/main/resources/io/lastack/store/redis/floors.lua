-- Shared: the floors of the devices of a user in a conversation, as a text: ";phone=12*;laptop=3@1795187000000;". A star says
-- that the device was started here by its registration; what follows an @ is when it came to the floor.

-- The digits of the floor of a device, whether its registration put it there, and the text of its time or nil; nil for no floor.
local function floor_of(acks, device)
    local _, at = string.find(acks, ';' .. device .. '=', 1, true)
    if not at then
        return nil
    end
    local digits, star, time = string.match(acks, '^(%d+)(%*?)@?(%d*)', at + 1)
    return digits, star == '*', time ~= '' and time or nil
end

-- The floors with this one.
local function with_floor(acks, device, digits, started, at)
    local value = digits .. (started and '*' or '') .. (at and '@' .. at or '')
    local from, to = string.find(acks, ';' .. device .. '=', 1, true)
    if not from then
        return acks .. device .. '=' .. value .. ';'
    end
    local ending = string.find(acks, ';', to, true)
    return string.sub(acks, 1, to) .. value .. string.sub(acks, ending)
end
