-- Replaces a transaction if it still has the revision that the caller has read, and notes until when its versions are needed.
-- KEYS: the transaction, the versions that are pinned
-- ARGV: revision read, next revision, record, expiry, then the ids of its versions
-- Returns 1 when it was saved, 0 when somebody else was first.
local transaction, pinned = KEYS[1], KEYS[2]
local revision, next_revision, record, expires_at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('HGET', transaction, 'revision') ~= revision then return 0 end
redis.call('HSET', transaction, 'revision', next_revision, 'record', record, 'expires_at', expires_at)
redis.call('PEXPIREAT', transaction, expires_at)
for index = 5, #ARGV do
  local needed_until = tonumber(redis.call('ZSCORE', pinned, ARGV[index]) or 0)
  if needed_until < tonumber(expires_at) then redis.call('ZADD', pinned, expires_at, ARGV[index]) end
end
local last = redis.call('ZREVRANGE', pinned, 0, 0, 'WITHSCORES')[2]
if last then redis.call('PEXPIREAT', pinned, last) end
return 1
