-- Replaces a transaction if it still has the revision that the caller has read.
-- KEYS: the transaction
-- ARGV: revision read, next revision, record, expiry
-- Returns 1 when it was saved, 0 when somebody else was first.
local transaction = KEYS[1]
local revision, next_revision, record, expires_at = unpack(ARGV)

if redis.call('HGET', transaction, 'revision') ~= revision then return 0 end
redis.call('HSET', transaction, 'revision', next_revision, 'record', record, 'expires_at', expires_at)
redis.call('PEXPIREAT', transaction, expires_at)
return 1
