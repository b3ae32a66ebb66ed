using System.Net;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Gatehouse.Testbed.ReplayHandler;

namespace Aither.Tests;

/// <summary>What Aither answers when Clerk, Hemera or its own store fails.</summary>
public sealed class FailureTests
{
    public static TheoryData<string, string> Calls => new() { { "GET", "/api/recordings" }, { "GET", "/api/slides" }, { "POST", "/api/sync" } };

    [Theory]
    [Proves("A12", "A13", "A14")]
    [MemberData(nameof(Calls))]
    public async Task Hemera_away_is_503(string method, string path)
    {
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"));
        using var response = await CallAsync(aither, method, path);
        await response.RefusedAsync(503, "hemera-unavailable", "Hemera is unavailable");
        Assert.Equal("5", response.Header("Retry-After"));
        Assert.Contains(aither.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("Check HEMERA_API_BASE_URL", StringComparison.Ordinal));
        Assert.Empty(aither.Log.Alarms);
    }

    [Theory]
    [Proves("A9")]
    [MemberData(nameof(Calls))]
    public async Task No_token_is_503(string method, string path)
    {
        var tokens = new StubTokens(_ => "token") { Failure = new ServiceTokenException(new InvalidOperationException("a secret reason")) };
        await using var aither = await AitherHost.StartAsync(tokens);
        using var response = await CallAsync(aither, method, path);
        await response.RefusedAsync(503, "service-token", "Service token generation failed");
        Assert.Equal("5", response.Header("Retry-After"));
    }

    [Fact]
    [Proves("A9", "A58")]
    public async Task Clerk_away_is_503_and_logged()
    {
        await using var aither = await AitherHost.StartAsync(AitherHost.Nowhere, null, null, ("CLERK_API_URL", AitherHost.Nowhere));
        using var response = await aither.GetAsync("/api/recordings");
        await response.RefusedAsync(503, "service-token", "Service token generation failed");
        Assert.Contains(aither.Log.Lines, line => line.Text.StartsWith("Failed to obtain service token from Clerk:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once()
    {
        var tokens = new StubTokens(number => $"token-{number}");
        using var replay = new ReplayHandler(new Answer(HttpStatusCode.Unauthorized), Answer.Json("[]"));
        await using var aither = await AitherHost.StartAsync(tokens, upstream: replay);
        using var response = await aither.GetAsync("/api/recordings");
        Assert.Equal("""{"courses":[]}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(["Bearer token-1", "Bearer token-2"], replay.Requests.Select(request => request.Authorization));
        Assert.Equal(["token-1"], tokens.Invalidated);
    }

    [Theory]
    [Proves("A59", "A60")]
    [InlineData(401, "hemera-refused", 2, "Gatehouse:MachineId")]
    [InlineData(403, "hemera-forbids", 1, "api-client")]
    public async Task What_Hemera_goes_on_refusing_is_502_and_the_log_says_what_to_check(int status, string code, int requests, string advice)
    {
        using var replay = new ReplayHandler(new Answer((HttpStatusCode)status, "a secret"));
        await using var aither = await AitherHost.StartAsync(new StubTokens(number => $"token-{number}"), upstream: replay);
        using var response = await aither.SyncAsync();
        await response.RefusedAsync(502, code, "Hemera refused the service token");
        Assert.Equal(requests, replay.Requests.Count);
        Assert.Contains(aither.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains(advice, StringComparison.Ordinal));
        Assert.All(aither.Log.Lines, line => Assert.DoesNotContain("token-1", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    public async Task An_answer_that_is_not_Hemeras_is_502(string body)
    {
        using var replay = new ReplayHandler(Answer.Json(body));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        using var response = await aither.SyncAsync();
        await response.RefusedAsync(502, "hemera-unexpected", "Hemera gave an unexpected answer");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Hemera_in_trouble_is_503(int status)
    {
        using var replay = new ReplayHandler(Answer.RetryAfter((HttpStatusCode)status, 17));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        using var response = await aither.GetAsync("/api/slides");
        await response.RefusedAsync(503, "hemera-unavailable", "Hemera is unavailable");
        Assert.Equal("17", response.Header("Retry-After"));
    }

    [Fact(Timeout = 30_000)]
    [Proves("A61")]
    public async Task A_429_is_waited_out()
    {
        using var replay = new ReplayHandler(Answer.RetryAfter(HttpStatusCode.TooManyRequests, 40), Answer.Json("[]"));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        var answer = aither.GetAsync("/api/recordings");
        while (aither.Clock.WaitingTimers != 1 || !aither.Log.Lines.Any(line => line.Text.Contains("asks for patience", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        aither.Clock.AdvanceSeconds(39);
        Assert.Single(replay.Requests);
        aither.Clock.AdvanceSeconds(1);
        using var response = await answer;
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(2, replay.Requests.Count);
    }

    [Fact(Timeout = 30_000)]
    [Proves("A61")]
    public async Task A_pause_does_not_hold_up_a_stop()
    {
        using var replay = new ReplayHandler(Answer.RetryAfter(HttpStatusCode.TooManyRequests, 60));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        var answer = aither.SyncAsync();
        while (aither.Clock.WaitingTimers != 1 || !aither.Log.Lines.Any(line => line.Text.Contains("asks for patience", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        var stop = aither.App.StopAsync();
        while (aither.Clock.WaitingTimers != 2)
        {
            await Task.Yield();
        }

        aither.Clock.AdvanceSeconds(5);
        using var response = await answer;
        await response.RefusedAsync(503, "hemera-unavailable", "Hemera is unavailable");
        await stop;
        Assert.Single(replay.Requests);
        Assert.Empty(aither.Log.Alarms);
    }

    [Fact]
    [Proves("A61")]
    public async Task A_429_beyond_patience_is_503_and_says_how_long()
    {
        using var replay = new ReplayHandler(Answer.RetryAfter(HttpStatusCode.TooManyRequests, 600));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        using var response = await aither.GetAsync("/api/recordings");
        await response.RefusedAsync(503, "hemera-unavailable", "Hemera is unavailable");
        Assert.Equal("600", response.Header("Retry-After"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Hemera_that_hangs_is_given_up_after_fifteen_seconds()
    {
        var arrived = new TaskCompletionSource();
        using var upstream = new StubHandler(async (_, cancellation) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("unreachable");
        });
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: upstream);
        var answer = aither.GetAsync("/api/recordings");
        await arrived.Task;
        aither.Clock.AdvanceSeconds(15);
        using var response = await answer;
        await response.RefusedAsync(503, "hemera-unavailable", "Hemera is unavailable");
    }

    [Fact]
    public async Task A_lost_database_is_503_and_shows_in_readiness()
    {
        using var replay = new ReplayHandler(Answer.Json("[]"));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        using var ready = await aither.GetAsync("/readyz");
        Assert.Equal("""{"status":"ready","reasons":[]}""", await ready.Content.ReadAsStringAsync());

        File.Delete(aither.DatabasePath);
        foreach (var call in Calls)
        {
            using var response = await CallAsync(aither, call.Data.Item1, call.Data.Item2);
            await response.RefusedAsync(503, "unavailable", "Internal server error");
        }

        using var unready = await aither.GetAsync("/readyz");
        Assert.Equal(503, (int)unready.StatusCode);
        Assert.Empty(aither.Log.Alarms);
    }

    [Fact]
    public async Task An_unknown_path_is_a_404_problem()
    {
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"));
        using var response = await aither.GetAsync("/api/nothing");
        await response.RefusedAsync(404, "not-found", "Not Found");
    }

    [Fact]
    [Proves("G22")]
    public async Task Outside_development_browsers_are_told_to_use_https()
    {
        await using var aither = await AitherHost.StartAsync(
            AitherHost.Nowhere, services => services.AddSingleton<IStartupFilter, BehindTls>(), null);
        using var response = await aither.GetAsync("/healthz");
        Assert.Equal("max-age=2592000", response.Header("Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> CallAsync(AitherHost aither, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await aither.Client.SendAsync(request);
    }

    private sealed class BehindTls : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                context.Request.Scheme = "https";
                context.Request.Host = new HostString("aither.hemera.academy");
                return rest(context);
            });
            next(app);
        };
    }
}
