using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Host.Serve;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Host.Tests.Serve;

/// <summary>A service that knows nothing but the host's feed, the host, and a Clerk: each an app of its own, over real HTTP.</summary>
public sealed class RevocationAcrossProcessesTests
{
    [Fact]
    [Proves("G27")]
    public async Task What_is_revoked_at_the_host_is_refused_by_a_service_within_a_second()
    {
        await using var clerk = LocalClerk.Build([], configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]));
        await clerk.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(clerk.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        var hostMachine = (string)(await PostAsync(http, "/v1/machines", new { name = "gatehouse-host" }))["id"]!;
        await PostAsync(http, $"/v1/machines/{LocalClerkDefaults.AitherMachineId}/scopes", new { to_machine_id = hostMachine });

        await using var host = GatehouseHost.Build(["--environment", "Development"], configuration => configuration.AddInMemoryCollection(
        [
            .. SettingsOf(clerk),
            new("Gatehouse:MachineId", hostMachine),
            new($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", GatehouseHost.FeedReader),
        ]));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await using var service = await StartServiceAsync(clerk, host);

        var (sessionId, grace) = await SignInAsync(http, LocalClerkDefaults.GraceUserId);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(service, grace));

        using var heard = new SemaphoreSlim(0);
        using var watch = service.Services.GetRequiredService<RevocationList>().Watch(_ => heard.Release());
        var (_, ada) = await SignInAsync(http, LocalClerkDefaults.AdaUserId);
        await RevokeAsync(host, ada, sessionId);

        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken), "not heard within a second");
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(service, grace));
    }

    [Fact]
    public async Task The_host_says_what_keeps_it_from_starting()
    {
        var result = await ToolResult.OfAsync("serve --url http://127.0.0.1:0");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CLERK_PUBLISHABLE_KEY", result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private static async Task<WebApplication> StartServiceAsync(WebApplication clerk, WebApplication host)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([.. SettingsOf(clerk), new("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret)]);
        builder.Services.AddGatehouse().AddRevocationFeed(new Uri($"{host.Urls.Single()}/api/revocations"));
        var service = builder.Build();
        service.UseGatehouse();
        service.MapGet("/me", () => "me").RequireCaller();
        await service.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(WebApplication clerk) =>
    [
        new("urls", "http://127.0.0.1:0"),
        new("CLERK_API_URL", clerk.Urls.Single()),
        new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        new("Logging:LogLevel:Default", "Warning"),
    ];

    private static async Task<(string SessionId, string Token)> SignInAsync(HttpClient clerk, string user)
    {
        var session = (string)(await PostAsync(clerk, "/v1/sessions", new { user_id = user }))["id"]!;
        return (session, (string)(await PostAsync(clerk, $"/v1/sessions/{session}/tokens", new { }))["jwt"]!);
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task RevokeAsync(WebApplication host, string token, string sessionId)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var content = JsonContent.Create(new { kind = "session", value = sessionId, reason = "lost laptop" });
        using var response = await http.PostAsync("/api/admin/revocations", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task<HttpStatusCode> CallAsync(WebApplication service, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync("/me", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
