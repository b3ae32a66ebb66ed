using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gatehouse.Host.Serve;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Analyzer.Tests;

/// <summary>The Analyzer beside a Clerk: its keys, its sessions, its API keys, and its outages.</summary>
public sealed class ClerkTests
{
    private static readonly string Modules = AnalyzerHost.ModulesOf(LocalClerkDefaults.GraceUserId);

    [Fact]
    [Proves("G7", "G20", "G32", "G33")]
    public async Task From_sign_in_to_answer()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        var token = await neighbour.TokenAsync(await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId));
        await neighbour.SendAsync(HttpMethod.Post, AnalyzerHost.Save, token, AnalyzerHost.Module("Warm-up", """{"text":"Breathe."}""")).OkAsync();
        var listed = await neighbour.GetAsync(Modules, token).OkAsync();
        Assert.Equal("Warm-up", Assert.Single(listed.GetProperty("modules").EnumerateArray()).Text("name"));
        await neighbour.GetAsync(AnalyzerHost.ModulesOf(LocalClerkDefaults.AdaUserId), token).RefusedAsync(403, "forbidden", "Not authorized to access this resource");
    }

    [Fact]
    [Proves("G7", "G40")]
    public async Task Without_a_secret_key_the_keys_come_from_the_frontend_api()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync(("CLERK_SECRET_KEY", ""));
        await neighbour.GetAsync(Modules, await neighbour.TokenAsync(await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId))).OkAsync();
    }

    [Fact]
    [Proves("G7", "G9")]
    public async Task A_new_key_is_fetched_when_a_token_shows_it()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        var session = await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId);
        await neighbour.GetAsync(Modules, await neighbour.TokenAsync(session)).OkAsync();
        await neighbour.PostAsync("/_local/keys/rotate", new { });
        neighbour.Clock.Ahead = TimeSpan.FromSeconds(30);   // past the pause between two fetches
        await neighbour.GetAsync(Modules, await neighbour.TokenAsync(session)).OkAsync();
    }

    [Fact]
    [Proves("G34")]
    public async Task One_token_runs_out_and_the_next_of_the_session_goes_on_until_the_session_ends()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        var session = await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId);
        await neighbour.PostAsync("/_local/clock", new { advance_seconds = -120 });
        var old = await neighbour.TokenAsync(session);
        await neighbour.PostAsync("/_local/clock", new { advance_seconds = 120 });
        await neighbour.GetAsync(Modules, old).RefusedAsync(401, "expired", "Invalid token: Signature has expired.");
        await neighbour.GetAsync(Modules, await neighbour.TokenAsync(session)).OkAsync();
    }

    [Fact]
    [Proves("G14")]
    public async Task While_the_keys_cannot_be_had_a_token_is_not_called_bad_and_known_keys_serve_on()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        var token = await neighbour.TokenAsync(await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId));
        await neighbour.GetAsync(Modules, token).OkAsync();
        await neighbour.Clerk.StopAsync(TestContext.Current.CancellationToken);
        await neighbour.GetAsync(Modules, token).OkAsync();

        await neighbour.StartAnalyzerAsync();
        using var response = await neighbour.GetAsync(Modules, token);
        await response.RefusedAsync(503, "keys-unavailable", "Authentication error: Keys unavailable");
        Assert.NotNull(response.Header("Retry-After"));
        Assert.Null(response.Header("WWW-Authenticate"));
    }

    [Fact]
    [Proves("G26")]
    public async Task An_API_key_of_Clerks_reads_until_it_is_revoked_and_never_writes()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        var reader = await KeyAsync(neighbour, "modules:read");
        var other = await KeyAsync(neighbour, "modules:write");
        await neighbour.GetAsync(Modules, reader).OkAsync();
        await neighbour.GetAsync(Modules, other).RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        await neighbour.GetAsync(AnalyzerHost.ModulesOf(LocalClerkDefaults.AdaUserId), reader).RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        await neighbour.SendAsync(HttpMethod.Post, AnalyzerHost.Save, reader, AnalyzerHost.Module("one")).RefusedAsync(401, "class", "Invalid token: This kind of token is not accepted");
        await neighbour.GetAsync(Modules, "ak_made_up").RefusedAsync(401, "unknown", "Invalid token: Token is not known");
    }

    [Fact]
    [Proves("G21", "G27")]
    public async Task A_session_that_an_operator_revokes_at_the_host_loses_its_stream_and_its_calls_within_a_second()
    {
        await using var neighbour = await ClerkNeighbour.StartAsync();
        await using var host = await StartHostAsync(neighbour);
        await neighbour.StartAnalyzerAsync(
            ("Gatehouse:Revocations:Feed", $"{host.Urls.Single()}/api/revocations"),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret));
        var session = await neighbour.SignInAsync(LocalClerkDefaults.GraceUserId);
        var token = await neighbour.TokenAsync(session);
        var operators = await neighbour.TokenAsync(await neighbour.SignInAsync(LocalClerkDefaults.AdaUserId));
        using var stream = await neighbour.SendAsync(HttpMethod.Get, AnalyzerHost.Stream, token, completion: HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)stream.StatusCode);
        var ended = EndOfAsync(stream);
        await neighbour.GetAsync(Modules, token).OkAsync();

        await RevokeAsync(host, operators, session);
        await ended.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await neighbour.GetAsync(Modules, token).RefusedAsync(401, "revoked", "Invalid token: Token is revoked");
    }

    private static async Task<string> KeyAsync(ClerkNeighbour neighbour, string scope) =>
        (string)(await neighbour.PostAsync("/v1/api_keys", new { name = scope, subject = LocalClerkDefaults.GraceUserId, scopes = new[] { scope } }))["secret"]!;

    private static async Task<WebApplication> StartHostAsync(ClerkNeighbour neighbour)
    {
        var machine = (string)(await neighbour.PostAsync("/v1/machines", new { name = "gatehouse-host" }))["id"]!;
        await neighbour.PostAsync($"/v1/machines/{LocalClerkDefaults.AitherMachineId}/scopes", new { to_machine_id = machine });
        var host = GatehouseHost.Build(["--environment", "Development"], configuration => configuration.AddInMemoryCollection(
        [
            .. neighbour.ClerkSettings(),
            new("Gatehouse:MachineId", machine),
            new($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", GatehouseHost.FeedReader),
        ]));
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static async Task RevokeAsync(WebApplication host, string token, string session)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var content = JsonContent.Create(new { kind = "session", value = session, reason = "lost laptop" });
        using var response = await http.PostAsync("/api/admin/revocations", content, TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)response.StatusCode);
    }

    private static async Task EndOfAsync(HttpResponseMessage response)
    {
        try
        {
            await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            // Cut off: the end that is waited for.
        }
    }
}
