-- Stores a transaction unless there is one with this id.
-- KEYS: the transaction
-- ARGV: revision, record, expiry, now
-- Returns the record that is there already, or nil.
local transaction = KEYS[1]
local revision, record, expires_at, now = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local stored = redis.call('HMGET', transaction, 'record', 'expires_at')
local stored_expires_at = tonumber(stored[2] or '')
if stored_expires_at and stored_expires_at > now then return stored[1] end
redis.call('HSET', transaction, 'revision', revision, 'record', record, 'expires_at', expires_at)
redis.call('PEXPIREAT', transaction, expires_at)
return false
