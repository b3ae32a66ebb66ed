using Gatehouse.Limits;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Limits;

public sealed class MemoryLimitStoreTests
{
    private static readonly LimitPolicy Hundred = LimitPolicy.SlidingWindow("hundred", 100, TimeSpan.FromMinutes(1));

    private readonly TestClock _clock = new();
    private readonly MemoryLimitStore _store;

    public MemoryLimitStoreTests() => _store = new MemoryLimitStore(_clock);

    [Fact]
    [Proves("A44", "A46")]
    public async Task Each_caller_has_the_whole_limit_for_itself()
    {
        for (var left = 99; left >= 0; left--)
        {
            Assert.Equal((true, left), await TakeAsync("service:a"));
        }

        Assert.Equal((false, 0), await TakeAsync("service:a"));
        Assert.Equal((true, 99), await TakeAsync("service:b"));
        Assert.Equal((true, 99), await TakeAsync("service:A"));
        Assert.Equal((true, 99), await TakeAsync(""));
    }

    [Fact]
    public async Task Policies_count_apart_and_equal_ones_together()
    {
        var one = LimitPolicy.SlidingWindow("one", 1, TimeSpan.FromMinutes(1));
        Assert.True((await _store.TakeAsync(one, "a", 1, default)).Allowed);
        Assert.True((await _store.TakeAsync(LimitPolicy.SlidingWindow("other", 1, TimeSpan.FromMinutes(1)), "a", 1, default)).Allowed);
        Assert.False((await _store.TakeAsync(LimitPolicy.SlidingWindow("one", 1, TimeSpan.FromMinutes(1)), "a", 1, default)).Allowed);
    }

    [Fact]
    public async Task A_full_window_later_all_is_forgotten()
    {
        await SpendAsync("a", 100);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((true, 99), await TakeAsync("a"));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_gives_nobody_more()
    {
        await SpendAsync("a", 100);
        _clock.MoveTo(_clock.GetUtcNow().AddHours(-1));
        Assert.Equal((false, 0), await TakeAsync("a"));
    }

    [Fact]
    public async Task Racing_callers_never_get_more_than_the_limit()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"racer {round}";
            using var start = new Barrier(64);
            var allowed = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(CancellationToken.None);
                    var mine = 0;
                    for (var call = 0; call < 10; call++)
                    {
                        var decision = _store.TakeAsync(Hundred, key, 1, default);
                        mine += decision.IsCompletedSuccessfully && decision.Result.Allowed ? 1 : 0;
                    }

                    return mine;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Equal(100, allowed.Sum());
        }
    }

    [Fact]
    public async Task Callers_that_have_been_away_leave_no_memory()
    {
        for (var minute = 0; minute < 20; minute++)
        {
            for (var caller = 0; caller < 20_000; caller++)
            {
                await _store.TakeAsync(Hundred, $"{minute}:{caller}", 1, default);
            }

            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Three minutes' callers may be alive or not yet swept, and each sweep waits until twice as many have come.
        Assert.InRange(_store.Count(Hundred), 20_000, 6 * 20_000);
    }

    [Fact]
    public async Task Made_up_callers_beyond_the_most_share_counters_and_known_ones_keep_their_own()
    {
        var one = LimitPolicy.SlidingWindow("one", 1, TimeSpan.FromHours(1));
        Assert.True((await _store.TakeAsync(one, "known", 1, default)).Allowed);
        for (var n = 0; n < MemoryLimitStore.MaximumKeys + 100_000; n++)
        {
            await _store.TakeAsync(one, $"made up {n}", 1, default);
        }

        Assert.InRange(_store.Count(one), MemoryLimitStore.MaximumKeys / 2, MemoryLimitStore.MaximumKeys + 64);
        var late = 0;
        for (var n = 0; n < 1_000; n++)
        {
            late += (await _store.TakeAsync(one, $"late {n}", 1, default)).Allowed ? 1 : 0;
        }

        Assert.InRange(late, 0, 64);
        Assert.False((await _store.TakeAsync(one, "known", 1, default)).Allowed);

        _clock.Advance(TimeSpan.FromHours(2));
        Assert.True((await _store.TakeAsync(one, "known", 1, default)).Allowed);
        Assert.True((await _store.TakeAsync(one, "late 1", 1, default)).Allowed);
    }

    [Theory]
    [InlineData(LimitAlgorithm.SlidingWindow)]
    [InlineData(LimitAlgorithm.FixedWindow)]
    [InlineData(LimitAlgorithm.TokenBucket)]
    public async Task Whoever_is_at_the_limit_stays_there_however_many_others_come(LimitAlgorithm algorithm)
    {
        var hour = TimeSpan.FromHours(1);
        var policy = algorithm switch
        {
            LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("p", 2, hour),
            LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("p", 2, hour),
            _ => LimitPolicy.TokenBucket("p", 2, 2, hour),
        };
        for (var n = 0; n < 1_000; n++)
        {
            Assert.True((await _store.TakeAsync(policy, $"limited {n}", 2, default)).Allowed);
        }

        for (var n = 0; n < MemoryLimitStore.MaximumKeys + 1_000; n++)
        {
            await _store.TakeAsync(policy, $"other {n}", 1, default);
        }

        for (var n = 0; n < 1_000; n++)
        {
            Assert.False((await _store.TakeAsync(policy, $"limited {n}", 1, default)).Allowed);
        }

        Assert.InRange(_store.Count(policy), 1, MemoryLimitStore.MaximumKeys);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_keeps_nobody_waiting_for_the_old_time()
    {
        var clock = new SteppingClock(_clock);
        var store = new MemoryLimitStore(clock);
        for (var call = 0; call < 100; call++)
        {
            Assert.True((await store.TakeAsync(Hundred, "a", 1, default)).Allowed);
        }

        clock.StepBy(TimeSpan.FromHours(-1));
        var refused = await store.TakeAsync(Hundred, "a", 1, default);
        Assert.False(refused.Allowed);
        Assert.Equal(clock.GetUtcNow().AddMinutes(1), refused.ResetAt);   // by the clock that callers read

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(99, (await store.TakeAsync(Hundred, "a", 1, default)).Remaining);
    }

    [Fact]
    public async Task A_clock_that_was_set_forward_and_back_again_gives_one_window_more_and_then_the_usual()
    {
        var clock = new SteppingClock(_clock);
        var store = new MemoryLimitStore(clock);
        var allowed = 0;
        foreach (var step in (int[])[0, 3, -3, 3, -3, 3, -3])
        {
            clock.StepBy(TimeSpan.FromHours(step));
            for (var call = 0; call < 150; call++)
            {
                allowed += (await store.TakeAsync(Hundred, "a", 1, default)).Allowed ? 1 : 0;
            }
        }

        Assert.Equal(200, allowed);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(99, (await store.TakeAsync(Hundred, "a", 1, default)).Remaining);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(17_000)]
    [InlineData(52_000)]
    [InlineData(100_000)]
    public async Task An_idle_client_costs_less_than_a_hundred_bytes_besides_its_key(int clients)
    {
        var keys = Enumerable.Range(0, clients).Select(n => $"service:user_{n:0000000000}").ToArray();

        // The heap is the whole process's, and tests beside this one fill and empty it: one undisturbed look is enough.
        var looks = new List<double>();
        while (looks.Count < 10 && !looks.Exists(bytes => bytes is >= 36 and <= 100))
        {
            looks.Add(await MeasureAsync(keys));
        }

        Assert.Contains(looks, bytes => bytes is >= 36 and <= 100);
        GC.KeepAlive(keys);
    }

    private async Task<double> MeasureAsync(string[] keys)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var store = new MemoryLimitStore(_clock);
        foreach (var key in keys)
        {
            await store.TakeAsync(Hundred, key, 1, default);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)keys.Length;
        GC.KeepAlive(store);
        return bytes;
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        LimitPolicy[] policies =
        [
            Hundred,
            LimitPolicy.FixedWindow("fixed", 100, TimeSpan.FromMinutes(1)),
            LimitPolicy.TokenBucket("bucket", 100, 1, TimeSpan.FromMilliseconds(600)),
        ];
        var store = new MemoryLimitStore(TimeProvider.System);
        Take(1_000);

        // A collection that another test causes puts the rest of this thread's allocation block on its account.
        Assert.Contains(0, Enumerable.Range(0, 20).Select(_ => Allocated()));

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Take(10_000);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Take(int calls)
        {
            for (var call = 0; call < calls; call++)
            {
                foreach (var policy in policies)
                {
                    var taking = store.TakeAsync(policy, "a", 1, default);
                    Assert.True(taking.IsCompletedSuccessfully);
                }
            }
        }
    }

    [Fact]
    public async Task Arguments_are_demanded()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _store.TakeAsync(null!, "a", 1, default));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _store.TakeAsync(Hundred, null!, 1, default));
        Assert.Throws<ArgumentNullException>(() => new MemoryLimitStore(null!));
    }

    private async Task<(bool Allowed, long Remaining)> TakeAsync(string key)
    {
        var decision = await _store.TakeAsync(Hundred, key, 1, CancellationToken.None);
        return (decision.Allowed, decision.Remaining);
    }

    private async Task SpendAsync(string key, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            Assert.True((await TakeAsync(key)).Allowed);
        }
    }

    /// <summary>A system's clock that is set by hand while the passing time goes on.</summary>
    private sealed class SteppingClock(TestClock passing) : TimeProvider
    {
        private TimeSpan _set;

        public override long TimestampFrequency => passing.TimestampFrequency;

        public override long GetTimestamp() => passing.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => passing.GetUtcNow() + _set;

        public void StepBy(TimeSpan by) => _set += by;
    }
}
