-- Stores a transaction unless there is one with this id, and notes until when its versions are needed.
-- KEYS: the transaction, the versions that are pinned
-- ARGV: revision, record, expiry, now, then the ids of its versions
-- Returns the record that is there already, or nil.
local transaction, pinned = KEYS[1], KEYS[2]
local revision, record, expires_at, now = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local stored = redis.call('HMGET', transaction, 'record', 'expires_at')
local stored_expires_at = tonumber(stored[2] or '')
if stored_expires_at and stored_expires_at > now then return stored[1] end
redis.call('HSET', transaction, 'revision', revision, 'record', record, 'expires_at', expires_at)
redis.call('PEXPIREAT', transaction, expires_at)
for index = 5, #ARGV do
  local needed_until = tonumber(redis.call('ZSCORE', pinned, ARGV[index]) or 0)
  if needed_until < tonumber(expires_at) then redis.call('ZADD', pinned, expires_at, ARGV[index]) end
end
local last = redis.call('ZREVRANGE', pinned, 0, 0, 'WITHSCORES')[2]
if last then redis.call('PEXPIREAT', pinned, last) end
return false
