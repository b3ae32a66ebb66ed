using System.Threading.RateLimiting;
using Gatehouse.Limits;

namespace Gatehouse.Bench.Limits;

/// <summary>
/// How fast a call is decided in memory, with 10,000 and 100,000 clients that call in a scattered order, beside the partitioned limiters of
/// System.Threading.RateLimiting; and what an idle client costs besides its key.
/// </summary>
internal static class LimitsBench
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Nobody reaches it: every call is decided and counted, and none is refused, which would be less work.
    private const int Plenty = 1_000_000_000;

    public static async Task<BenchReport> RunAsync(BenchOptions options)
    {
        var rows = new List<BenchRow>();
        var aims = new List<BenchAim>();
        foreach (var clients in (int[])[10_000, 100_000])
        {
            await MeasureAsync(options, clients, rows, aims);
        }

        rows.Add(new BenchRow("allocated for a decision", Allocated(), "B"));
        return new BenchReport("limits", rows, [.. aims, new BenchAim("allocated for a decision", rows[^1].Value, "0 B", rows[^1].Value == 0)]);
    }

    private static async Task MeasureAsync(BenchOptions options, int clients, List<BenchRow> rows, List<BenchAim> aims)
    {
        var keys = Keys(clients);
        var sides = Policies().Select(policy => Ours(policy, keys)).Concat(
        [
            Theirs("System.Threading.RateLimiting, sliding window of 2 segments", keys, SlidingPeer),
            Theirs("System.Threading.RateLimiting, token bucket", keys, BucketPeer),
        ]).ToArray();
        var rates = await Contestant.MeasureAsync(
            options, [.. sides.Select(side => new Contestant(side.Name, duration => Task.FromResult(Contestant.Rate(duration, side.Operation))))]);
        var at = $", {clients:#,0} clients";
        foreach (var side in sides)
        {
            rows.Add(new BenchRow(side.Name + at, rates[side.Name], "decisions/s"));
            rows.Add(new BenchRow($"{side.Name}{at}, an idle client besides its key", side.Bytes, "B"));
            if (!side.IsPeer)
            {
                if (clients == 10_000)
                {
                    aims.Add(new BenchAim(side.Name + at, rates[side.Name], ">= 5000000/s a core", rates[side.Name] >= 5_000_000));
                }

                aims.Add(new BenchAim($"{side.Name}{at}, an idle client", side.Bytes, "<= 100 B", side.Bytes <= 100));
            }
        }
    }

    private static IEnumerable<LimitPolicy> Policies() =>
    [
        LimitPolicy.SlidingWindow("Gatehouse, sliding window", Plenty, Hour),
        LimitPolicy.FixedWindow("Gatehouse, fixed window", Plenty, Hour),
        LimitPolicy.TokenBucket("Gatehouse, token bucket", Plenty, Plenty, Hour),
    ];

    private static Side Ours(LimitPolicy policy, string[] keys)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var store = new MemoryLimitStore(TimeProvider.System);
        Action<int> operation = n =>
        {
            var decision = store.TakeAsync(policy, keys[n % keys.Length], 1, CancellationToken.None);
            if (!decision.IsCompletedSuccessfully || !decision.Result.Allowed)
            {
                throw new InvalidOperationException("a call far below the limit was refused");
            }
        };
        return Filled(policy.Name, keys, operation, before, isPeer: false);
    }

    private static Side Theirs(string name, string[] keys, Func<string, RateLimitPartition<string>> partition)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var limiter = PartitionedRateLimiter.Create(partition, StringComparer.Ordinal);
        Action<int> operation = n =>
        {
            using var lease = limiter.AttemptAcquire(keys[n % keys.Length]);
            if (!lease.IsAcquired)
            {
                throw new InvalidOperationException("a call far below the limit was refused");
            }
        };
        return Filled(name, keys, operation, before, isPeer: true);
    }

    private static Side Filled(string name, string[] keys, Action<int> operation, long before, bool isPeer)
    {
        for (var n = 0; n < keys.Length; n++)
        {
            operation(n);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)keys.Length;
        return new Side(name, operation, bytes, isPeer);
    }

    private static RateLimitPartition<string> SlidingPeer(string key) => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
    {
        PermitLimit = Plenty,
        Window = Hour,
        SegmentsPerWindow = 2,
        QueueLimit = 0,
        AutoReplenishment = false,
    });

    private static RateLimitPartition<string> BucketPeer(string key) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
    {
        TokenLimit = Plenty,
        TokensPerPeriod = Plenty,
        ReplenishmentPeriod = Hour,
        QueueLimit = 0,
        AutoReplenishment = false,
    });

    // As the edge makes them; shuffled, so that neighbours in time are not neighbours in memory.
    private static string[] Keys(int clients)
    {
        var keys = Enumerable.Range(0, clients).Select(n => $"service:user_2BenchClient{n:0000000000000000}").ToArray();
        new Random(1).Shuffle(keys);
        return keys;
    }

    private static double Allocated()
    {
        const int Times = 10_000;
        var side = Ours(Policies().First(), Keys(1_000));
        side.Operation(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Times; n++)
        {
            side.Operation(n);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }

    private sealed record Side(string Name, Action<int> Operation, double Bytes, bool IsPeer);
}
