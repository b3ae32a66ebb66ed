using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aither.Tests;

/// <summary>From end to end: Aither, a token, and the real Hemera.</summary>
public sealed class SyncTests
{
    private const int Results = 33;

    [Fact]
    [Proves("A14", "A55")]
    public async Task A_sync_pulls_everything_and_writes_results_once()
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        await using var hemera = await HemeraNeighbour.StartAsync(forge, clock);
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => forge.M2M()), hemera.Address, clock: clock);

        Assert.Equal((6, 50, Results), await SyncAsync(aither));
        Assert.Equal(("passed", "Attended 192 of 240 minutes (80 %; 80 % needed)."), await hemera.ReadResultAsync("prt_002", forge.M2M()));
        Assert.Equal(("failed", "Attended 191 of 240 minutes (79 %; 80 % needed)."), await hemera.ReadResultAsync("prt_008", forge.M2M()));
        Assert.Equal(("passed", "Entered by the trainer after the oral exercise."), await hemera.ReadResultAsync("prt_031", forge.M2M()));
        Assert.Equal((null, null), await hemera.ReadResultAsync("prt_050", forge.M2M()));

        Assert.Equal((6, 50, 0), await SyncAsync(aither));
        Assert.Equal((6L, 50L, Results + 1L), ReadStore(aither));
        Assert.Empty(aither.Log.Alarms);
    }

    [Fact]
    [Proves("A14")]
    public async Task What_was_changed_at_Hemera_is_set_right_by_the_next_sync()
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        await using var hemera = await HemeraNeighbour.StartAsync(forge, clock);
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => forge.M2M()), hemera.Address, clock: clock);
        await SyncAsync(aither);

        await hemera.WriteResultAsync("prt_002", """{"resultNotes":null}""", forge.M2M());
        Assert.Equal((6, 50, 1), await SyncAsync(aither));
        Assert.Equal(("passed", "Attended 192 of 240 minutes (80 %; 80 % needed)."), await hemera.ReadResultAsync("prt_002", forge.M2M()));
    }

    [Fact(Timeout = 60_000)]
    [Proves("A55", "A61")]
    public async Task A_sync_that_meets_Hemeras_limit_waits_and_goes_on()
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        await using var hemera = await HemeraNeighbour.StartAsync(forge, clock);
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => forge.M2M()), hemera.Address, clock: clock);
        for (var call = 0; call < 80; call++)
        {
            await hemera.ReadResultAsync("prt_001", forge.M2M());
        }

        var answer = SyncAsync(aither);
        var pauses = 0;
        while (!answer.IsCompleted)
        {
            if (aither.Clock.WaitingTimers == 1 && CountPauses(aither) > pauses)
            {
                pauses = CountPauses(aither);
                clock.AdvanceSeconds(61);   // at the exact border the old window still weighs whole
            }

            await Task.Yield();
        }

        Assert.Equal((6, 50, Results), await answer);
        Assert.InRange(pauses, 1, 5);
        Assert.Empty(aither.Log.Alarms);
    }

    [Fact]
    [Proves("A14", "A55", "A1")]
    public async Task With_a_machine_token_of_the_local_Clerk()
    {
        await using var clerk = await StartClerkAsync();
        await using var hemera = await StartHemeraAtAsync(clerk.Urls.Single());
        await using var aither = await AitherHost.StartAsync(
            hemera.Address,
            null,
            null,
            ("environment", "Development"),
            ("CLERK_API_URL", clerk.Urls.Single()),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret));
        Assert.Equal((6, 50, Results), await SyncAsync(aither));
        Assert.Equal((6, 50, 0), await SyncAsync(aither));
    }

    [Fact]
    [Proves("A6", "A7", "A8", "A17", "A18", "A51", "A52")]
    public async Task With_a_service_users_token_of_the_local_Clerk()
    {
        await using var clerk = await StartClerkAsync();
        await using var hemera = await StartHemeraAtAsync(clerk.Urls.Single());
        await using var aither = await AitherHost.StartAsync(hemera.Address, null, null, ServiceUser(clerk.Urls.Single(), "aither-service@hemera-academy.com"));
        Assert.Equal((6, 50, Results), await SyncAsync(aither));
    }

    [Fact]
    [Proves("A18")]
    public async Task A_service_user_with_another_address_gets_no_token()
    {
        await using var clerk = await StartClerkAsync();
        await using var aither = await AitherHost.StartAsync(AitherHost.Nowhere, null, null, ServiceUser(clerk.Urls.Single(), "somebody@hemera-academy.com"));
        using var response = await aither.SyncAsync();
        await response.RefusedAsync(503, "service-token", "Service token generation failed");
    }

    [Theory]
    [Proves("A14")]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Anything_but_POST_is_405_and_says_so(string method)
    {
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/sync");
        using var response = await aither.Client.SendAsync(request);
        await response.RefusedAsync(405, "method-not-allowed", "Method Not Allowed");
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact(Timeout = 30_000)]
    [Proves("A14")]
    public async Task A_second_sync_beside_a_running_one_is_409()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var upstream = new StubHandler(async (_, _) =>
        {
            arrived.TrySetResult();
            await go.Task;
            return new HttpResponseMessage { Content = new StringContent("[]") };
        });
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: upstream);
        var first = aither.SyncAsync();
        await arrived.Task;

        using var second = await aither.SyncAsync();
        await second.RefusedAsync(409, "sync-running", "A sync is already running");

        go.SetResult();
        using var finished = await first;
        Assert.Equal(200, (int)finished.StatusCode);
        using var third = await aither.SyncAsync();
        Assert.Equal(200, (int)third.StatusCode);
    }

    private static async Task<(int Courses, int Participations, int Written)> SyncAsync(AitherHost aither)
    {
        using var response = await aither.SyncAsync();
        Assert.Equal(200, (int)response.StatusCode);
        var report = await response.JsonAsync();
        Assert.Equal(["courses", "participations", "resultsWritten", "durationMs"], report.EnumerateObject().Select(member => member.Name));
        Assert.True(report.GetProperty("durationMs").GetInt64() >= 0);
        return (report.GetProperty("courses").GetInt32(), report.GetProperty("participations").GetInt32(), report.GetProperty("resultsWritten").GetInt32());
    }

    private static int CountPauses(AitherHost aither) =>
        aither.Log.Lines.Count(line => line.Text.Contains("asks for patience", StringComparison.Ordinal));

    private static (long Courses, long Participations, long Results) ReadStore(AitherHost aither)
    {
        using var connection = new SqliteConnection($"Data Source={aither.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM courses), (SELECT count(*) FROM participations), (SELECT count(*) FROM participations WHERE result_outcome IS NOT NULL)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> StartClerkAsync()
    {
        var clerk = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await clerk.StartAsync();
        return clerk;
    }

    private static Task<HemeraNeighbour> StartHemeraAtAsync(string clerk) => HemeraNeighbour.StartAsync(
        "Development",
        TimeProvider.System,
        new("CLERK_API_URL", clerk),
        new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        new("Gatehouse:MachineId", LocalClerkDefaults.HemeraMachineId),
        new($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", "api-client"));

    private static (string Key, string? Value)[] ServiceUser(string clerk, string email) =>
    [
        ("Aither:TokenKind", "ServiceUser"),
        ("CLERK_API_URL", clerk),
        ("environment", "Development"),
        ("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        ("CLERK_SERVICE_USER_ID", LocalClerkDefaults.AitherServiceUserId),
        ("CLERK_SERVICE_USER_EMAIL", email),
    ];
}
