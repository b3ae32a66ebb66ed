using System.Globalization;
using Gatehouse.Limits;

namespace Gatehouse.Connectors.Tests.Upstash;

/// <summary>
/// The store with a server whose keys live by the test's clock. A server's own clock cannot be moved: what it would end by itself is kept
/// from ending, and ended when the test's clock has come so far.
/// </summary>
internal sealed class StoreByTestClock(RunningStore store, TimeProvider time) : ILimitStore
{
    private readonly Dictionary<string, long> _ends = new(StringComparer.Ordinal);

    public async ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var window = (long)policy.Window.TotalMilliseconds;
        var isBucket = policy.Algorithm == LimitAlgorithm.TokenBucket;
        var name = isBucket ? $"@upstash/ratelimit:{key}" : string.Create(CultureInfo.InvariantCulture, $"@upstash/ratelimit:{key}:{now / window}");
        if (isBucket && End(name) < now)
        {
            await store.RunAsync("DEL", name);
        }

        var decision = await store.Limits.TakeAsync(policy, key, cost, cancellationToken);
        var life = (long)(await store.RunAsync("PTTL", name))!;
        if (life > 0)
        {
            // Measured a little after it was set, and always a whole number of intervals.
            await store.RunAsync("PERSIST", name);
            lock (_ends)
            {
                _ends[name] = now + ((life + window - 1) / window * window);
            }
        }

        return decision;
    }

    private long End(string name)
    {
        lock (_ends)
        {
            return _ends.GetValueOrDefault(name, long.MaxValue);
        }
    }
}
