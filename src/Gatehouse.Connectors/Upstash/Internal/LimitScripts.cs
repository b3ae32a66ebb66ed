namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>
/// One decision in one step at the database, with the effect that the scripts of <c>@upstash/ratelimit</c> 2.2 have on the same keys: the
/// same numbers in the same types with the same lives, so that each side may decide the next call (docs/limits.md has the arithmetic).
/// </summary>
/// <remarks>
/// What looks odd in them is shared on purpose: a fixed window counts refused calls; a sliding window looks at what was before a call and
/// not at its cost, which so may go beyond the limit once, and counts; only the first call of a window gives its key a life.
/// </remarks>
internal static class LimitScripts
{
    // The last key, where there is one, holds a limit that counts instead of the first argument.

    /// <summary>Keys: this window, the one before. Arguments: limit, time, window, cost. Answers what is left, or -1, and the limit.</summary>
    public static LimitScript SlidingWindow { get; } = new(
        """
        local limit, now, window, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        if KEYS[3] then limit = tonumber(redis.call('GET', KEYS[3])) or limit end
        local taken = tonumber(redis.call('GET', KEYS[1])) or 0
        local before = tonumber(redis.call('GET', KEYS[2])) or 0
        before = math.floor((1 - (now % window) / window) * before)
        if cost > 0 and before + taken >= limit then return {-1, limit} end
        taken = redis.call('INCRBY', KEYS[1], ARGV[4])
        if taken == cost then redis.call('PEXPIRE', KEYS[1], 2 * window + 1000) end
        return {limit - (taken + before), limit}
        """);

    /// <summary>Key: this window. Arguments: limit, window, cost. Answers what has been taken, this call included, and the limit.</summary>
    public static LimitScript FixedWindow { get; } = new(
        """
        local limit = tonumber(ARGV[1])
        if KEYS[2] then limit = tonumber(redis.call('GET', KEYS[2])) or limit end
        local taken = redis.call('INCRBY', KEYS[1], ARGV[3])
        if taken == tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return {taken, limit}
        """);

    /// <summary>Key: the bucket. Arguments: limit, interval, refill, time, cost. Answers what is left, or -1, the next refill, the limit.</summary>
    public static LimitScript TokenBucket { get; } = new(
        """
        local limit, interval, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local now, cost = tonumber(ARGV[4]), tonumber(ARGV[5])
        if KEYS[2] then limit = tonumber(redis.call('GET', KEYS[2])) or limit end
        local kept = redis.call('HMGET', KEYS[1], 'refilledAt', 'tokens')
        local at, tokens = now, limit
        if kept[1] then at, tokens = tonumber(kept[1]), tonumber(kept[2]) end
        if now >= at + interval then
          local times = math.floor((now - at) / interval)
          at, tokens = at + times * interval, math.min(limit, tokens + times * refill)
        end
        if cost > 0 and tokens < cost then return {-1, at + interval, limit} end
        tokens = tokens - cost
        redis.call('HSET', KEYS[1], 'refilledAt', at, 'tokens', tokens)
        local life = math.ceil((limit - tokens) / refill) * interval
        if life > 0 then redis.call('PEXPIRE', KEYS[1], life) end
        return {tokens, at + interval, limit}
        """);
}
