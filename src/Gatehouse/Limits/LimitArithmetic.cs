namespace Gatehouse.Limits;

/// <summary>
/// The one arithmetic of all stores (docs/limits.md): pure functions of a policy, what is kept of a caller, a cost and a time. For those who
/// write a store.
/// </summary>
/// <remarks>
/// Whole numbers throughout, but for the weight of the window before: there it is three operations of IEEE 754 binary64 in a fixed order,
/// because that is what the scripts of <c>@upstash/ratelimit</c> 2.2 compute and a shared counter must be judged alike. Every language rounds
/// them alike; against the exact fraction they are off by one call at most.
/// </remarks>
public static class LimitArithmetic
{
    /// <summary>Decides one call and writes what is to be kept.</summary>
    /// <param name="policy">The limit.</param>
    /// <param name="state">What is kept of the caller, before and after.</param>
    /// <param name="cost">How many calls it counts as. 1 to <see cref="LimitPolicy.MaximumLimit"/>.</param>
    /// <param name="nowMilliseconds">The time, unix milliseconds. Earlier than what was reached, it counts as the time that was reached.</param>
    public static LimitDecision Take(LimitPolicy policy, ref LimitState state, int cost, long nowMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Algorithm switch
        {
            LimitAlgorithm.SlidingWindow => TakeSliding(policy, ref state, cost, nowMilliseconds),
            LimitAlgorithm.FixedWindow => TakeFixed(policy, ref state, cost, nowMilliseconds),
            _ => TakeToken(policy, ref state, cost, nowMilliseconds),
        };
    }

    /// <summary>Whether nothing is left of a state at that time, so that forgetting it changes no decision.</summary>
    public static bool IsSpent(LimitPolicy policy, in LimitState state, long nowMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var length = policy.WindowMilliseconds;
        return policy.Algorithm switch
        {
            LimitAlgorithm.SlidingWindow => (nowMilliseconds / length) - state.Mark > 1,
            LimitAlgorithm.FixedWindow => nowMilliseconds / length > state.Mark,
            _ => state.Mark == 0 || nowMilliseconds > FullAt(policy, state),
        };
    }

    /// <summary>What the calls of the window before still count for: <c>floor((1 - elapsed / window) * previous)</c> in binary64.</summary>
    /// <param name="previous">What was taken in the window before.</param>
    /// <param name="elapsedMilliseconds">How much of the present window is over; less than the window.</param>
    /// <param name="windowMilliseconds">The window.</param>
    public static long Weigh(long previous, long elapsedMilliseconds, long windowMilliseconds) =>
        (long)Math.Floor((1 - ((double)elapsedMilliseconds / windowMilliseconds)) * previous);

    private static LimitDecision TakeSliding(LimitPolicy policy, ref LimitState state, int cost, long now)
    {
        var length = policy.WindowMilliseconds;
        state = MovedTo(state, now / length);
        var start = state.Mark * length;
        var before = Weigh(state.Previous, Math.Max(0, now - start), length);
        if (before + state.Current >= policy.Limit)
        {
            return Refused(policy, start + length, RetryOfSliding(policy, state, cost));
        }

        // A call that begins below the limit counts whole, even where it then goes beyond and is refused: as the scripts do it.
        state = state with { Current = state.Current + cost };
        var left = policy.Limit - before - state.Current;
        return left < 0
            ? Refused(policy, start + length, RetryOfSliding(policy, state, cost))
            : new LimitDecision(true, policy.Limit, left, At(start + length));
    }

    private static LimitDecision TakeFixed(LimitPolicy policy, ref LimitState state, int cost, long now)
    {
        var length = policy.WindowMilliseconds;
        var moved = MovedTo(state, now / length);

        // Refused calls count too. Beyond the largest number there is nothing left to tell apart.
        state = moved with { Current = (int)Math.Min(int.MaxValue, (long)moved.Current + cost), Previous = 0 };
        var end = (state.Mark + 1) * length;
        return state.Current > policy.Limit
            ? Refused(policy, end, end)
            : new LimitDecision(true, policy.Limit, policy.Limit - state.Current, At(end));
    }

    private static LimitDecision TakeToken(LimitPolicy policy, ref LimitState state, int cost, long now)
    {
        var interval = policy.WindowMilliseconds;
        var filled = IsSpent(policy, state, now) ? new LimitState(now, policy.Limit, 0) : Refilled(policy, state, now);
        if (filled.Current < cost)
        {
            // Nothing is kept of a refusal. What has come back meanwhile is put back again by the next call, to the same end.
            var intervals = ((long)cost - filled.Current + policy.Refill - 1) / policy.Refill;
            return Refused(policy, filled.Mark + interval, filled.Mark + (Math.Min(intervals, MostIntervals(policy)) * interval));
        }

        state = new LimitState(filled.Mark, filled.Current - cost, (int)Math.Max(0, now - filled.Mark));
        return new LimitDecision(true, policy.Limit, state.Current, At(state.Mark + interval));
    }

    private static LimitState Refilled(LimitPolicy policy, in LimitState state, long now)
    {
        if (now < state.Mark + policy.WindowMilliseconds)
        {
            return state;
        }

        var intervals = (now - state.Mark) / policy.WindowMilliseconds;
        var missing = policy.Limit - state.Current;
        var back = intervals >= MostIntervals(policy) ? missing : Math.Min(missing, intervals * policy.Refill);
        return state with { Mark = state.Mark + (intervals * policy.WindowMilliseconds), Current = state.Current + (int)back };
    }

    // Counted from the last write and not from the mark, as the life that the scripts give a bucket's key: until then it keeps its phase.
    private static long FullAt(LimitPolicy policy, in LimitState state)
    {
        var intervals = ((long)policy.Limit - state.Current + policy.Refill - 1) / policy.Refill;
        return state.Mark + state.Previous + (intervals * policy.WindowMilliseconds);
    }

    private static long MostIntervals(LimitPolicy policy) => ((long)policy.Limit + policy.Refill - 1) / policy.Refill;

    // A clock that was set back stands at the start of the window that was reached: the past is never opened again.
    private static LimitState MovedTo(in LimitState state, long window)
    {
        if (window <= state.Mark)
        {
            return state;
        }

        return new LimitState(window, 0, window == state.Mark + 1 ? state.Current : 0);
    }

    private static long RetryOfSliding(LimitPolicy policy, in LimitState state, int cost)
    {
        var length = policy.WindowMilliseconds;
        var start = state.Mark * length;
        var inThis = ElapsedUntil((long)policy.Limit - cost - state.Current, state.Previous, length);
        return inThis < length ? start + inThis : start + length + ElapsedUntil((long)policy.Limit - cost, state.Current, length);
    }

    /// <summary>The first time in a window at which those before weigh no more than so much; the window's length if they always do.</summary>
    private static long ElapsedUntil(long weight, long previous, long length)
    {
        if (weight < 0 || previous <= weight)
        {
            return weight < 0 ? length : 0;
        }

        // The exact fraction's answer, then a step to where the rounding of binary64 puts it.
        var elapsed = length - ((((weight + 1) * length) - 1) / previous);
        while (elapsed < length && Weigh(previous, elapsed, length) > weight)
        {
            elapsed++;
        }

        while (elapsed > 0 && Weigh(previous, elapsed - 1, length) <= weight)
        {
            elapsed--;
        }

        return elapsed;
    }

    private static LimitDecision Refused(LimitPolicy policy, long resetAt, long retryAt) =>
        new(false, policy.Limit, 0, At(resetAt)) { RetryAt = At(retryAt) };

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
