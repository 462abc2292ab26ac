-- Makes a ticket the user's only one of its purpose.
-- KEYS: where the hash leads to; the user's ticket of that purpose
-- ARGV: owner, hash, record, redeemed by or '', expiry
local pointer, newest = KEYS[1], KEYS[2]
local owner, hash, record, redeemed_by, expires_at = unpack(ARGV)

redis.call('SET', pointer, owner, 'PXAT', expires_at)
redis.call('DEL', newest)
redis.call('HSET', newest, 'hash', hash, 'record', record, 'expires_at', expires_at)
if redeemed_by ~= '' then redis.call('HSET', newest, 'redeemed_by', redeemed_by) end
redis.call('PEXPIREAT', newest, expires_at)
return 1
