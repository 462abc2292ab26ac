-- Applies changes to a trigger's cache in their order, and drops what has expired.
-- KEYS: the cache; a hash of "<expiry> <record>" by key
-- ARGV: now, then for each change 'set', key, field text or 'delete', key, ''
local cache = KEYS[1]
local now = tonumber(ARGV[1])

for i = 2, #ARGV, 3 do
  if ARGV[i] == 'set' then
    redis.call('HSET', cache, ARGV[i + 1], ARGV[i + 2])
  else
    redis.call('HDEL', cache, ARGV[i + 1])
  end
end

local last = 0
local fields = redis.call('HGETALL', cache)
for i = 1, #fields, 2 do
  local expires_at = tonumber(string.match(fields[i + 1], '^%d+') or '') or 0
  if expires_at <= now then redis.call('HDEL', cache, fields[i]) end
  if expires_at > last then last = expires_at end
end
redis.call('PEXPIREAT', cache, string.format('%.0f', last))
return 1
