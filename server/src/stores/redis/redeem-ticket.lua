-- Redeems the user's newest ticket, if the hash is still its own.
-- KEYS: the user's ticket of that purpose
-- ARGV: hash, by, now
-- Returns the record, or nil.
local newest = KEYS[1]
local hash, by, now = ARGV[1], ARGV[2], tonumber(ARGV[3])

local stored = redis.call('HMGET', newest, 'hash', 'record', 'expires_at', 'redeemed_by')
if stored[1] ~= hash then return false end
local expires_at = tonumber(stored[3])
if not expires_at or expires_at <= now then return false end
if stored[4] and stored[4] ~= by then return false end
redis.call('HSET', newest, 'redeemed_by', by)
return stored[2]
