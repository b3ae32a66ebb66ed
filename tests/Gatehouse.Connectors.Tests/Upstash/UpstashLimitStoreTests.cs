using Gatehouse.Connectors.Upstash;
using Gatehouse.Limits;
using Gatehouse.Local.Upstash;
using Gatehouse.Stores;
using Gatehouse.Testbed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Tests.Upstash;

/// <summary>Limits counted at Upstash: what stands there, and what happens when it is away.</summary>
public sealed class UpstashLimitStoreTests
{
    private const long Now = 1_700_000_000_000;   // 20,000 ms into window 28,333,333 of a minute

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly LimitPolicy Sliding = LimitPolicy.SlidingWindow("service", 100, Minute);

    private static TestClock Clock => new(DateTimeOffset.FromUnixTimeMilliseconds(Now));

    [Fact]
    [Proves("A44", "A45", "A46")]
    public async Task Keys_are_those_of_the_other_languages_limiter_byte_for_byte()
    {
        await using var store = await RunningStore.StartAsync(Clock);

        var decision = await TakeAsync(store, Sliding, "service:user_1");
        await TakeAsync(store, LimitPolicy.FixedWindow("fixed", 5, Minute), "fixed:user_1", cost: 7);
        await TakeAsync(store, LimitPolicy.TokenBucket("bucket", 5, 2, TimeSpan.FromSeconds(10)), "bucket:user_1", cost: 3);

        Assert.Equal(new LimitDecision(true, 100, 99, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_040_000)), decision);
        Assert.Equal(
            ["@upstash/ratelimit:bucket:user_1", "@upstash/ratelimit:fixed:user_1:28333333", "@upstash/ratelimit:service:user_1:28333333"],
            (await store.RunAsync("KEYS", "*"))!.AsArray().Select(key => (string)key!).Order(StringComparer.Ordinal));
        Assert.Equal("1", (string)(await store.RunAsync("GET", "@upstash/ratelimit:service:user_1:28333333"))!);
        Assert.Equal("7", (string)(await store.RunAsync("GET", "@upstash/ratelimit:fixed:user_1:28333333"))!);
        Assert.Equal(["refilledAt", $"{Now}", "tokens", "2"], (await store.RunAsync("HGETALL", "@upstash/ratelimit:bucket:user_1"))!.AsArray().Select(part => (string)part!));
        Assert.InRange((long)(await store.RunAsync("PTTL", "@upstash/ratelimit:service:user_1:28333333"))!, 111_000, 121_000);
        Assert.InRange((long)(await store.RunAsync("PTTL", "@upstash/ratelimit:fixed:user_1:28333333"))!, 50_000, 60_000);
        Assert.InRange((long)(await store.RunAsync("PTTL", "@upstash/ratelimit:bucket:user_1"))!, 10_001, 20_000);
    }

    [Theory]
    [InlineData(15_000, 10, 3, false, 0)]
    [InlineData(30_000, 10, 3, true, 1)]
    [InlineData(59_999, 10, 3, true, 6)]
    public async Task What_another_service_has_counted_counts_here(int elapsed, int before, int taken, bool allowed, int remaining)
    {
        var clock = new TestClock(DateTimeOffset.FromUnixTimeMilliseconds((28_333_333L * 60_000) + elapsed));
        await using var store = await RunningStore.StartAsync(clock);
        await store.RunAsync("SET", "@upstash/ratelimit:x:28333332", before);
        await store.RunAsync("SET", "@upstash/ratelimit:x:28333333", taken);

        var decision = await TakeAsync(store, LimitPolicy.SlidingWindow("service", 10, Minute), "x");

        Assert.Equal((allowed, remaining), (decision.Allowed, decision.Remaining));
    }

    [Fact]
    public async Task Prefixes_keep_policies_apart_and_a_limit_at_Upstash_counts_where_it_is_asked_for()
    {
        await using var store = await RunningStore.StartAsync(
            Clock, ("Gatehouse:Upstash:Prefix", "app"), ("Gatehouse:Upstash:Prefixes:other", "app:other"), ("Gatehouse:Upstash:DynamicLimits", "true"));
        await store.RunAsync("SET", "app:dynamic:global", 2);

        var decision = await TakeAsync(store, Sliding, "x");
        await TakeAsync(store, LimitPolicy.FixedWindow("other", 5, Minute), "x");

        Assert.Equal((2L, 1L), (decision.Limit, decision.Remaining));
        Assert.Equal("1", (string)(await store.RunAsync("GET", "app:x:28333333"))!);
        Assert.Equal("1", (string)(await store.RunAsync("GET", "app:other:x:28333333"))!);
    }

    [Fact]
    public async Task A_decision_is_one_request_once_the_script_is_known()
    {
        await using var store = await RunningStore.StartAsync(Clock);
        await TakeAsync(store, Sliding, "x");
        var before = await CountAsync();

        for (var n = 0; n < 10; n++)
        {
            await TakeAsync(store, Sliding, "x");
        }

        Assert.Equal(before + 11, await CountAsync());   // the last is the one that asks

        async Task<long> CountAsync()
        {
            using var http = new HttpClient();
            using var answer = await http.GetAsync($"{store.Address}/ping?_token=local", TestContext.Current.CancellationToken);
            return long.Parse(answer.Headers.GetValues("Upstash-Sync-Token").Single(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Upstash_that_ends_in_the_middle_is_told_and_counts_on_when_it_is_back()
    {
        await using var store = await RunningStore.StartAsync(Clock);
        var policy = LimitPolicy.SlidingWindow("service", 3, Minute);
        await TakeAsync(store, policy, "x", cost: 3);
        Assert.False((await TakeAsync(store, policy, "x")).Allowed);

        await store.EndUpstashAsync();
        var away = await Assert.ThrowsAsync<UpstashException>(() => TakeAsync(store, policy, "x"));
        Assert.Equal((UpstashFailure.Unreachable, StoreFailure.Away), (away.Failure, Diagnose(store, away)));

        await store.RestartUpstashAsync();   // what it held is gone, the script too
        Assert.Equal<IEnumerable<long>>(new long[] { 2, 1, 0, 0 }, await Remaining(4));
        Assert.Equal("3", (string)(await store.RunAsync("GET", "@upstash/ratelimit:x:28333333"))!);

        async Task<List<long>> Remaining(int calls)
        {
            var remaining = new List<long>();
            while (remaining.Count < calls)
            {
                remaining.Add((await TakeAsync(store, policy, "x")).Remaining);
            }

            return remaining;
        }
    }

    [Theory]
    [InlineData("""{"api":{"status_429":1}}""", UpstashFailure.Exhausted, StoreFailure.Busy)]
    [InlineData("""{"api":{"status_5xx":1}}""", UpstashFailure.Failed, StoreFailure.Failing)]
    [InlineData("""{"api":{"close":1}}""", UpstashFailure.Unreachable, StoreFailure.Away)]
    public async Task Failures_are_told_by_their_kind(string faults, UpstashFailure failure, StoreFailure diagnosis)
    {
        await using var store = await RunningStore.StartAsync(Clock);
        await store.FailAsync(faults);

        var told = await Assert.ThrowsAsync<UpstashException>(() => TakeAsync(store, Sliding, "x"));

        Assert.Equal((failure, diagnosis), (told.Failure, Diagnose(store, told)));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_an_outage_and_one_that_nobody_waits_for_is_none()
    {
        await using var store = await RunningStore.StartAsync(TimeProvider.System, ("Gatehouse:Upstash:Timeout", "00:00:00.050"));
        await store.FailAsync("""{"api":{"delay_ms":10000}}""");

        var late = await Assert.ThrowsAsync<UpstashException>(() => TakeAsync(store, Sliding, "x"));
        Assert.Equal((UpstashFailure.TimedOut, StoreFailure.Away), (late.Failure, Diagnose(store, late)));

        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Limits.TakeAsync(Sliding, "x", 1, left.Token).AsTask());
    }

    [Fact]
    public async Task A_key_of_another_kind_is_a_fault_of_the_configuration_and_no_outage()
    {
        await using var store = await RunningStore.StartAsync(Clock);
        await TakeAsync(store, LimitPolicy.TokenBucket("bucket", 5, 2, Minute), "x:28333333");

        var refused = await Assert.ThrowsAsync<UpstashException>(() => TakeAsync(store, Sliding, "x"));

        Assert.Equal((UpstashFailure.Refused, StoreFailure.None), (refused.Failure, Diagnose(store, refused)));
        Assert.DoesNotContain("28333333", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other")]
    [InlineData(LocalUpstashDefaults.ReadOnlyToken)]
    public async Task A_token_that_may_not_count_is_told_and_not_shown(string token)
    {
        await using var store = await RunningStore.StartAsync(Clock, ("UPSTASH_REDIS_REST_TOKEN", token));

        var refused = await Assert.ThrowsAsync<UpstashException>(() => TakeAsync(store, Sliding, "x"));

        Assert.Equal(UpstashFailure.Unauthorized, refused.Failure);
        Assert.DoesNotContain(token, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analytics_are_counted_as_the_other_languages_limiter_counts_them()
    {
        var clock = Clock;
        await using var store = await RunningStore.StartAsync(clock, ("Gatehouse:Upstash:Analytics", "true"));
        var policy = LimitPolicy.FixedWindow("service", 2, Minute);
        for (var n = 0; n < 3; n++)
        {
            await TakeAsync(store, policy, "a \"quoted\" 😀\u0001");
        }

        await store.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ["""{"identifier":"a \"quoted\" 😀\u0001","success":false}""", "1", """{"identifier":"a \"quoted\" 😀\u0001","success":true}""", "2"],
            (await store.RunAsync("ZRANGE", $"@upstash/ratelimit:events:{Now - (Now % 3_600_000)}", 0, -1, "WITHSCORES"))!.AsArray().Select(part => (string)part!));
    }

    [Fact]
    [Proves("A45")]
    public async Task Without_either_variable_limits_stay_where_they_were()
    {
        using var app = await RunningStore.StartAppAsync(Clock);
        Assert.IsType<MemoryLimitStore>(app.Services.GetRequiredService<ILimitStore>());
    }

    [Fact]
    [Proves("A45")]
    public async Task Faults_of_the_options_keep_an_app_from_starting_and_are_named_all_at_once()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningStore.StartAppAsync(
            Clock,
            ("UPSTASH_REDIS_REST_URL", "http://elsewhere.example"),
            ("Gatehouse:Upstash:Prefix", ""),
            ("Gatehouse:Upstash:Timeout", "00:00:06")));

        Assert.Equal(
            [
                "Property Url: UPSTASH_REDIS_REST_URL must be the database's https address (http only on loopback), without user, query or fragment",
                "Property Token: UPSTASH_REDIS_REST_TOKEN must be the database's token (Upstash console, REST API)",
                "Property Prefix: a prefix must not be empty",
                "Property Timeout: must be 50 milliseconds to 5 seconds",
            ],
            fault.Failures);
    }

    private static Task<LimitDecision> TakeAsync(RunningStore store, LimitPolicy policy, string key, int cost = 1) =>
        store.Limits.TakeAsync(policy, key, cost, TestContext.Current.CancellationToken).AsTask();

    private static StoreFailure Diagnose(RunningStore store, Exception failure) =>
        store.App.Services.GetServices<IStoreDiagnosis>().Select(diagnosis => diagnosis.Diagnose(failure)).Max();
}
