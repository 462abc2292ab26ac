-- Fixed window that opens with its first attempt.
-- KEYS: the window
-- ARGV: most attempts, length in milliseconds, now
-- Returns how many milliseconds to wait; 0 when the attempt was counted.
local window = KEYS[1]
local most, window_ms, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local stored = redis.call('HMGET', window, 'count', 'ends_at')
local count, ends_at = tonumber(stored[1] or ''), tonumber(stored[2] or '')
if not count or not ends_at or ends_at <= now then
  count, ends_at = 0, now + window_ms
end
if count >= most then return ends_at - now end
redis.call('HSET', window, 'count', count + 1, 'ends_at', string.format('%.0f', ends_at))
-- A length and not a time: were this server's clock ahead of the callers', the window would be gone at once and hold nobody.
redis.call('PEXPIRE', window, string.format('%.0f', ends_at - now))
return 0
