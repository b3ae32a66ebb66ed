using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Limits;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Upstash;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Interop.Tests;

/// <summary>A service with <c>@upstash/ratelimit</c> and one with Gatehouse count on the same counters, in turns and at once.</summary>
[Proves("A44", "A45", "A46")]
public sealed class OneLimitInTwoLanguagesTests
{
    private const int Calls = 120;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<LimitAlgorithm> Algorithms => [.. Enum.GetValues<LimitAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Calls_of_both_are_decided_as_if_one_had_had_them_all(LimitAlgorithm algorithm)
    {
        NodeProgram.RequireInstalled();
        await using var upstash = await FreshLocalUpstash.StartAsync();
        await using var other = OtherLimiter.Start(FreshLocalUpstash.Environment(upstash));
        var clock = new TestClock(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        await using var services = Services(upstash, clock);
        var ours = services.GetRequiredService<ILimitStore>();
        var policy = PolicyOf(algorithm, 50);
        var random = new Random(20261120);
        var expected = default(LimitState);
        var (refused, turns) = (0, new int[2]);

        for (var n = 0; n < Calls; n++)
        {
            // Slow enough to be refused now and then, and too fast for a bucket to be full again: its key would end by the server's own clock.
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(algorithm == LimitAlgorithm.TokenBucket ? 6_000 : 12_000)));
            var cost = random.Next(10) == 0 ? random.Next(2, 20) : random.Next(1, 9);
            var turn = random.Next(2);
            var decision = turn == 0
                ? await ours.TakeAsync(policy, "service:user_1", cost, TestContext.Current.CancellationToken)
                : await other.TakeAsync(policy, "service:user_1", cost, clock.GetUtcNow());

            var one = LimitArithmetic.Take(policy, ref expected, cost, clock.GetUtcNow().ToUnixTimeMilliseconds());
            Assert.Equal(
                (n, turn, one.Allowed, one.Limit, one.Remaining, one.ResetAt),
                (n, turn, decision.Allowed, decision.Limit, decision.Remaining, decision.ResetAt));
            refused += decision.Allowed ? 0 : 1;
            turns[turn]++;
        }

        Assert.Equal(expected.Current, await CounterAsync(upstash, policy, "service:user_1", clock));
        Assert.InRange(refused, 5, Calls - 5);
        Assert.All(turns, count => Assert.InRange(count, 30, Calls));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Sixty_four_racing_clients_of_both_never_get_more_than_the_limit(LimitAlgorithm algorithm)
    {
        NodeProgram.RequireInstalled();
        await using var upstash = await FreshLocalUpstash.StartAsync();
        await using var other = OtherLimiter.Start(FreshLocalUpstash.Environment(upstash));
        await using var services = Services(upstash, TimeProvider.System);
        var ours = services.GetRequiredService<ILimitStore>();
        var policy = algorithm switch
        {
            // So long that the race ends in the window that it began in, but for one in some thousand runs; then the bound is told by it.
            LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("race", 20, TimeSpan.FromDays(1)),
            LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("race", 20, TimeSpan.FromDays(1)),
            _ => LimitPolicy.TokenBucket("race", 20, 20, TimeSpan.FromDays(1)),
        };

        var theirs = other.RaceAsync(policy, "racers", 32);
        var own = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(
            () => ours.TakeAsync(policy, "racers", 1, TestContext.Current.CancellationToken).AsTask())));

        Assert.Equal(20, own.Count(decision => decision.Allowed) + await theirs);
    }

    [Fact]
    [Proves("A44", "A45", "A47")]
    public async Task Hemeras_callers_have_one_limit_there_and_at_a_service_in_JavaScript()
    {
        NodeProgram.RequireInstalled();
        await using var clerk = await FreshLocalClerk.StartAsync();
        await using var upstash = await FreshLocalUpstash.StartAsync();
        await using var other = OtherLimiter.Start(FreshLocalUpstash.Environment(upstash));
        await using var hemera = await FreshHemera.StartAsync(
            clerk.Urls.Single(), [.. FreshLocalUpstash.Environment(upstash).Select(variable => (variable.Key, variable.Value))]);
        var token = await MintedByTheOfficialClient.M2MTokenAsync(clerk.Urls.Single(), LocalClerkDefaults.AitherMachineSecret, "jwt", seconds: 900);
        var policy = LimitPolicy.SlidingWindow("service", 100, Minute);

        var first = await hemera.RemainingAsync(token);
        var theirs = (await other.TakeAsync(policy, $"service:{LocalClerkDefaults.AitherMachineId}", 40, DateTimeOffset.FromUnixTimeMilliseconds(first.Reset - 1))).Remaining;
        var second = await hemera.RemainingAsync(token);

        Assert.Equal((99L, 59L), (first.Remaining, theirs));
        Assert.True(second.Reset > first.Reset || second.Remaining == 58, $"{second}");
    }

    private static ServiceProvider Services(WebApplication upstash, TimeProvider time) => new ServiceCollection()
        .AddSingleton(time)
        .AddLogging()
        .AddUpstashLimits(options => (options.Url, options.Token) = (upstash.Urls.Single(), LocalUpstashDefaults.Token))
        .BuildServiceProvider();

    private static LimitPolicy PolicyOf(LimitAlgorithm algorithm, int limit) => algorithm switch
    {
        LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("service", limit, Minute),
        LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("service", limit, Minute),
        _ => LimitPolicy.TokenBucket("service", limit, 40, Minute),
    };

    private static async Task<int> CounterAsync(WebApplication upstash, LimitPolicy policy, string key, TimeProvider time)
    {
        var window = time.GetUtcNow().ToUnixTimeMilliseconds() / (long)policy.Window.TotalMilliseconds;
        object[] command = policy.Algorithm == LimitAlgorithm.TokenBucket
            ? ["HGET", $"@upstash/ratelimit:{key}", "tokens"]
            : ["GET", $"@upstash/ratelimit:{key}:{window}"];
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", LocalUpstashDefaults.Token) } };
        using var answer = await http.PostAsJsonAsync(upstash.Urls.Single(), command, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return int.Parse((string?)body!["result"] ?? "0", CultureInfo.InvariantCulture);
    }
}
