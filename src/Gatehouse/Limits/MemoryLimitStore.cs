using System.Collections.Concurrent;
using Gatehouse.Limits.Internal;

namespace Gatehouse.Limits;

/// <summary>Counters in this process's memory: exact for one process, and gone with it.</summary>
/// <remarks>
/// Bounded: what has run out is forgotten as the store grows, and beyond <see cref="MaximumKeys"/> live callers of a policy new ones share
/// counters, so that making up callers ends in being limited and never in using up the memory. Nobody is forgotten before it makes no
/// difference. A clock that is set back gives nobody more and makes nobody wait longer.
/// </remarks>
public sealed class MemoryLimitStore : ILimitStore
{
    /// <summary>The most callers of one policy that are counted apart.</summary>
    public const int MaximumKeys = 1 << 20;

    private const int Shards = 64;

    private readonly ConcurrentDictionary<LimitPolicy, LimitTable[]> _policies = new();
    private readonly SteadyClock _clock;

    /// <summary>An empty store.</summary>
    public MemoryLimitStore(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _clock = new SteadyClock(time);
    }

    /// <inheritdoc />
    public ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, LimitPolicy.MaximumLimit);
        if (!_policies.TryGetValue(policy, out var tables))
        {
            tables = _policies.GetOrAdd(policy, static _ => [.. Enumerable.Range(0, Shards).Select(_ => new LimitTable(MaximumKeys / Shards))]);
        }

        var hash = key.GetHashCode(StringComparison.Ordinal);
        var (now, ahead) = _clock.Read();
        var decision = tables[(uint)hash >> 26].Take(policy, key, hash, cost, now);
        return ValueTask.FromResult(ahead == 0 ? decision : Earlier(decision, ahead));
    }

    internal int Count(LimitPolicy policy) => _policies.TryGetValue(policy, out var tables) ? tables.Sum(table => table.Count) : 0;

    // Callers read the system's clock, not ours.
    private static LimitDecision Earlier(LimitDecision decision, long ahead) => decision with
    {
        ResetAt = decision.ResetAt.AddMilliseconds(-ahead),
        RetryAt = decision.RetryAt.AddMilliseconds(-ahead),
    };
}
