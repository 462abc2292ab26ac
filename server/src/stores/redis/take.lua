-- Token bucket, stored as the time when it is full again.
-- KEYS: the bucket
-- ARGV: burst, milliseconds per refill, now
-- Returns how many milliseconds to wait; 0 when a token was taken.
local bucket = KEYS[1]
local burst, refill_ms, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local full_at = tonumber(redis.call('GET', bucket) or '') or now
if full_at < now then full_at = now end
local latest = now + (burst - 1) * refill_ms
if full_at > latest then return full_at - latest end
local next_full_at = full_at + refill_ms
-- A length and not a time: were this server's clock ahead of the callers', the bucket would be gone at once and hold nobody.
redis.call('SET', bucket, string.format('%.0f', next_full_at), 'PX', string.format('%.0f', next_full_at - now))
return 0
