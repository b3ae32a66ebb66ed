using Gatehouse.Limits;
using Xunit;

namespace Gatehouse.Testbed.Limits;

/// <summary>What every store of limits must do, whatever keeps its counts. Subclass it where a store's tests are.</summary>
public abstract class LimitStoreConformance
{
    private const int Clients = 64;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Vectors => [.. LimitVector.Names];

    public static TheoryData<LimitAlgorithm> Algorithms => [.. Enum.GetValues<LimitAlgorithm>()];

    /// <summary>A store with no counts of earlier tests in it, which decides by this clock.</summary>
    protected abstract ValueTask<ILimitStore> CreateStoreAsync(TimeProvider time);

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Every_call_is_decided_as_the_other_languages_limiter_decides_it(string name)
    {
        var vector = LimitVector.Of(name);
        var clock = new TestClock(DateTimeOffset.FromUnixTimeMilliseconds(vector.Calls[0].At));
        var store = await CreateStoreAsync(clock);
        var policy = vector.ToPolicy();
        foreach (var call in vector.Calls)
        {
            clock.MoveTo(DateTimeOffset.FromUnixTimeMilliseconds(call.At));
            var decision = await store.TakeAsync(policy, vector.Name, call.Cost, CancellationToken.None);
            Assert.Equal(
                call with { },
                new VectorCall(call.At, call.Cost, decision.Allowed, decision.Remaining, decision.ResetAt.ToUnixTimeMilliseconds()));
            Assert.Equal(policy.Limit, decision.Limit);
            Assert.True(decision.Allowed || decision.RetryAt > clock.GetUtcNow());
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Racing_clients_get_the_limit_and_not_one_call_more(LimitAlgorithm algorithm)
    {
        var store = await CreateStoreAsync(new TestClock());
        var policy = PolicyOf(algorithm, 100);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racing = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            await start.Task;
            var allowed = 0;
            for (var call = 0; call < 10; call++)
            {
                allowed += (await store.TakeAsync(policy, "racers", 1, CancellationToken.None)).Allowed ? 1 : 0;
            }

            return allowed;
        })).ToArray();
        start.SetResult();
        Assert.Equal(100, (await Task.WhenAll(racing)).Sum());
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Every_key_has_a_count_of_its_own_whatever_is_written_in_it(LimitAlgorithm algorithm)
    {
        var store = await CreateStoreAsync(new TestClock());
        var policy = PolicyOf(algorithm, 1);
        string[] keys = ["a", "A", "a:", "a:1", "", " ", "*", "a*", "?", "[a]", "a\r\nb", "a\0b", "é", "😀", "'; --", "{a}", new string('k', 2_000)];
        foreach (var key in keys)
        {
            Assert.True((await store.TakeAsync(policy, key, 1, CancellationToken.None)).Allowed, key);
        }

        foreach (var key in keys)
        {
            Assert.False((await store.TakeAsync(policy, key, 1, CancellationToken.None)).Allowed, key);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task After_its_whole_period_nobody_is_remembered(LimitAlgorithm algorithm)
    {
        var clock = new TestClock();
        var store = await CreateStoreAsync(clock);
        var policy = PolicyOf(algorithm, 5);
        Assert.Equal(0, (await store.TakeAsync(policy, "a", 5, CancellationToken.None)).Remaining);
        clock.Advance(2 * policy.Period);
        Assert.Equal(4, (await store.TakeAsync(policy, "a", 1, CancellationToken.None)).Remaining);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(LimitPolicy.MaximumLimit + 1)]
    public async Task A_cost_that_is_none_is_a_fault_of_the_program(int cost)
    {
        var store = await CreateStoreAsync(new TestClock());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await store.TakeAsync(PolicyOf(LimitAlgorithm.FixedWindow, 5), "a", cost, CancellationToken.None));
    }

    private static LimitPolicy PolicyOf(LimitAlgorithm algorithm, int limit) => algorithm switch
    {
        LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("conformance", limit, Minute),
        LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("conformance", limit, Minute),
        _ => LimitPolicy.TokenBucket("conformance", limit, limit, Minute),
    };
}
