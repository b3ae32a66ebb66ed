using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Gatehouse.Limits.Internal;

namespace Gatehouse.Limits;

/// <summary>Counters in this process's memory: exact for one process, and gone with it.</summary>
/// <remarks>
/// Bounded: what has run out is forgotten as the store grows, and beyond <see cref="MaximumKeys"/> live callers of a policy new ones share
/// counters, so that making up callers ends in being limited and never in using up the memory.
/// </remarks>
public sealed class MemoryLimitStore : ILimitStore
{
    /// <summary>The most callers of one policy that are counted apart.</summary>
    public const int MaximumKeys = 1 << 20;

    private readonly ConcurrentDictionary<LimitPolicy, Shard[]> _policies = new();
    private readonly TimeProvider _time;

    /// <summary>An empty store.</summary>
    public MemoryLimitStore(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <inheritdoc />
    public ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(key);
        var shards = _policies.GetOrAdd(policy, static _ => [.. Enumerable.Range(0, Shard.Count).Select(_ => new Shard())]);
        var shard = shards[key.GetHashCode(StringComparison.Ordinal) & (Shard.Count - 1)];
        return ValueTask.FromResult(shard.Take(policy, key, _time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    internal int Count(LimitPolicy policy) => _policies.TryGetValue(policy, out var shards) ? shards.Sum(shard => shard.Held) : 0;

    private sealed class Shard
    {
        public const int Count = 64;

        private const int MaximumShardKeys = MaximumKeys / Count;
        private const string Overflow = "";

        private readonly Lock _gate = new();
        private readonly Dictionary<string, SlidingWindow> _windows = new(StringComparer.Ordinal);
        private int _sweepAt = 64;
        private long _sweepNotBefore;

        public int Held
        {
            get
            {
                lock (_gate)
                {
                    return _windows.Count;
                }
            }
        }

        public LimitDecision Take(LimitPolicy policy, string key, long now)
        {
            lock (_gate)
            {
                if (_windows.Count >= _sweepAt && now >= _sweepNotBefore)
                {
                    Sweep(now, (long)policy.Window.TotalMilliseconds);
                }

                var kept = _windows.Count < MaximumShardKeys || _windows.ContainsKey(key) ? key : Overflow;
                ref var window = ref CollectionsMarshal.GetValueRefOrAddDefault(_windows, kept, out _);
                return window.Take(policy, now);
            }
        }

        private void Sweep(long now, long windowMilliseconds)
        {
            foreach (var (key, window) in _windows)
            {
                if (window.IsSpent(now, windowMilliseconds))
                {
                    _windows.Remove(key);
                }
            }

            // Twice what is left: each sweep is paid for by as many new callers as it looks at. And not at every call of a full shard.
            _sweepAt = Math.Clamp(_windows.Count * 2, 64, MaximumShardKeys);
            _sweepNotBefore = now + (windowMilliseconds / 4);
        }
    }
}
