using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Showcase.Tests;

/// <summary>The local Clerk, the host and three apps, each a process of its own, which know of each other by HTTP alone.</summary>
public sealed class RevocationProcessesTests : IAsyncLifetime
{
    private readonly string _clerk = Url();
    private readonly string _host = Url();
    private readonly string _hemera = Url();
    private readonly string _analyzer = Url();
    private readonly string _goodTalk = Url();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("processes-");
    private readonly List<AppProcess> _processes = [];
    private readonly HttpClient _http = new();

    public async ValueTask InitializeAsync()
    {
        _processes.Add(await AppProcess.StartAsync("Gatehouse.Host.dll", ["local", "--port", new Uri(_clerk).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)], $"{_clerk}/_local/state", []));
        _processes.Add(await AppProcess.StartAsync("Gatehouse.Host.dll", ["serve", "--url", _host], $"{_host}/readyz",
        [
            .. Settings(),
            ("Gatehouse__MachineId", LocalClerkDefaults.GatehouseMachineId),
            ($"Gatehouse__Machines__{LocalClerkDefaults.HemeraMachineId}__Role", "feed-reader"),
            ($"Gatehouse__Machines__{LocalClerkDefaults.AnalyzerMachineId}__Role", "feed-reader"),
            ($"Gatehouse__Machines__{LocalClerkDefaults.GoodTalkMachineId}__Role", "feed-reader"),
        ]));
        _processes.AddRange(await Task.WhenAll(
            StartAppAsync("Hemera.dll", _hemera, LocalClerkDefaults.HemeraMachineSecret, ("Gatehouse__MachineId", LocalClerkDefaults.HemeraMachineId)),
            StartAppAsync("Analyzer.dll", _analyzer, LocalClerkDefaults.AnalyzerMachineSecret),
            StartAppAsync("GoodTalk.dll", _goodTalk, LocalClerkDefaults.GoodTalkMachineSecret, ("ANALYZER_SERVICE_URL", _analyzer))));
    }

    [Fact]
    [Proves("G27")]
    public async Task A_session_revoked_at_the_host_is_refused_by_every_app_within_a_second()
    {
        var (session, ada) = await SignInAsync();
        var (_, operators) = await SignInAsync();
        string[] doors =
        [
            $"{_hemera}/api/service/courses",
            $"{_analyzer}/api/user_modules/user/{LocalClerkDefaults.AdaUserId}",
            $"{_goodTalk}/auth/session",
        ];
        Assert.All(await Task.WhenAll(doors.Select(door => AskAsync(door, ada))), status => Assert.Equal(HttpStatusCode.OK, status));

        using var revoking = new HttpRequestMessage(HttpMethod.Post, $"{_host}/api/admin/revocations");
        revoking.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operators);
        revoking.Content = JsonContent.Create(new { kind = "session", value = session, reason = "lost laptop" });
        using var revoked = await _http.SendAsync(revoking, TestContext.Current.CancellationToken);
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(HttpStatusCode.Created, revoked.StatusCode);
        foreach (var url in doors)
        {
            while (await AskAsync(url, ada) != HttpStatusCode.Unauthorized)
            {
                Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1), $"{url} still lets it in");
            }
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(doors[0], operators));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private Task<AppProcess> StartAppAsync(string assembly, string url, string machineSecret, params (string Name, string Value)[] own) =>
        AppProcess.StartAsync(assembly, ["--urls", url], $"{url}/readyz",
        [
            .. Settings(),
            ("CLERK_MACHINE_SECRET_KEY", machineSecret),
            ("Gatehouse__Revocations__Feed", $"{_host}/api/revocations"),
            ("Gatehouse__DataDirectory", _folder.FullName),
            .. own,
        ]);

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("CLERK_API_URL", _clerk),
        ("CLERK_PROXY_URL", $"{_clerk}/__clerk"),
        ("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        ("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        .. new[] { _host, _hemera, _analyzer, _goodTalk }.Select((party, n) => ($"Gatehouse__AuthorizedParties__{n}", party)),
    ];

    private async Task<(string Session, string Token)> SignInAsync()
    {
        var session = (await ClerkAsync("/v1/sessions", new { user_id = LocalClerkDefaults.AdaUserId })).GetProperty("id").GetString()!;
        return (session, (await ClerkAsync($"/v1/sessions/{session}/tokens", new { })).GetProperty("jwt").GetString()!);
    }

    private async Task<JsonElement> ClerkAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_clerk}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        request.Headers.Add("Origin", _goodTalk);
        request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> AskAsync(string url, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string Url() => $"http://localhost:{FreePort.Take()}";
}
