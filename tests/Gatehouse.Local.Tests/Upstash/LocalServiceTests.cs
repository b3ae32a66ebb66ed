using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Gatehouse.Local.Upstash;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Local.Tests.Upstash;

/// <summary>What the local Upstash is besides what it stands in for: reached from this machine only, failing when told, and gone without a trace.</summary>
public sealed class LocalServiceTests
{
    [Theory]
    [InlineData("urls", "http://0.0.0.0:0", "loopback only")]
    [InlineData("urls", "https://127.0.0.1:0", "loopback only")]
    [InlineData("LocalUpstash:MaximumRequestBytes", "1", "1024 to 536870912")]
    [InlineData("LocalUpstash:Faults:Api:close", "2", "from 0 to 1")]
    public void Wrong_setting_keeps_it_from_starting(string key, string value, string message)
    {
        Assert.SkipUnless(LocalUpstash.HasRedisServer(RunningUpstash.Environment), "no redis-server");
        var fault = Assert.Throws<InvalidOperationException>(() => LocalUpstash.Build([$"--{key}={value}"]));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_redis_server_it_says_so_by_name()
    {
        var nowhere = new ConfigurationBuilder().AddInMemoryCollection([new("LocalUpstash:RedisServer", "/nowhere/redis-server")]).Build();

        Assert.False(LocalUpstash.HasRedisServer(nowhere));
        var fault = Assert.Throws<InvalidOperationException>(() => LocalUpstash.Build(["--LocalUpstash:RedisServer=/nowhere/redis-server"]));
        Assert.Equal("LocalUpstash:RedisServer is '/nowhere/redis-server', where there is no file. Set it to the path of redis-server.", fault.Message);
    }

    [Fact]
    public async Task What_is_no_redis_server_keeps_it_from_starting()
    {
        await using var app = LocalUpstash.Build(["--urls=http://127.0.0.1:0", "--LocalUpstash:RedisServer=/bin/false"]);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal("/bin/false ended at once, with exit code 1.", fault.Message);
    }

    [Theory]
    [InlineData("Host", "rebound.example", 421)]
    [InlineData("Host", "localhost:1", 200)]
    [InlineData("Origin", "http://elsewhere.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:3000", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 200)]
    public async Task Pages_of_other_sites_are_kept_out(string header, string value, int status)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/ping"), (HttpMethod.Post, "/_local/reset")])
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation(header, value);

            using var answer = await upstash.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("upstash", answer.Headers.GetValues("X-Gatehouse-Local").Single());
        }
    }

    [Fact]
    public async Task Reset_forgets_data_scripts_and_faults()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        await upstash.RunAsync("SET", "k", "v");
        await upstash.RunAsync("SCRIPT", "LOAD", "return 1");
        await SetFaultsAsync(upstash, """{"api":{"delay_ms":1}}""");
        Assert.Equal(1, (int)(await StateAsync(upstash))["keys"]!);

        var state = await RunningUpstash.ReadAsync(await upstash.PostAsync("/_local/reset", ""));

        Assert.Equal(0, (int)JsonNode.Parse(state.Body)!["keys"]!);
        Assert.Equal("""{"seed":1,"api":{"status_429":0,"status_5xx":0,"delay_ms":0,"close":0}}""", await upstash.Http.GetStringAsync("/_local/faults", TestContext.Current.CancellationToken));
        Assert.Equal("[0]", (await upstash.RunAsync("SCRIPT", "EXISTS", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db"))!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"api":{"status_429":1}}""", 429, "ERR max requests limit exceeded")]
    [InlineData("""{"seed":1,"api":{"status_5xx":1}}""", 500, "ERR internal error")]
    [InlineData("""{"seed":4,"api":{"status_5xx":1}}""", 503, "ERR the database is not available")]
    public async Task It_fails_when_told(string faults, int status, string error)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        await SetFaultsAsync(upstash, faults);

        Assert.Equal((status, $$"""{"error":"{{error}}"}"""), await upstash.AskAsync("/", """["PING"]"""));
        Assert.Equal("upstash", (string)(await StateAsync(upstash))["name"]!);
    }

    [Fact]
    public async Task It_cuts_connections_when_told()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        await SetFaultsAsync(upstash, """{"api":{"close":1}}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => upstash.AskAsync("/", """["PING"]"""));
    }

    [Theory]
    [InlineData("[]", "the body must be an object")]
    [InlineData("x", "the body must be a JSON object")]
    [InlineData("""{"api":1}""", "api must be an object")]
    [InlineData("""{"webhooks":{}}""", "webhooks is unknown: seed and api are known")]
    [InlineData("""{"api":{"loss":1}}""", "api.loss is unknown: status_429, status_5xx, delay_ms and close are known")]
    [InlineData("""{"api":{"close":1.1}}""", "close must be a number from 0 to 1")]
    [InlineData("""{"api":{"delay_ms":60001}}""", "delay_ms must be a whole number from 0 to 60000")]
    public async Task Faults_that_are_none_are_refused(string body, string reason)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        using var answer = await upstash.Http.PutAsync("/_local/faults", new StringContent(body), TestContext.Current.CancellationToken);
        Assert.Equal((400, $$"""{"error":"{{reason}}"}"""), await RunningUpstash.ReadAsync(answer));
    }

    [Fact]
    public async Task A_redis_server_that_dies_is_replaced_by_an_empty_one()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        await upstash.RunAsync("SET", "k", "v");
        var first = (int)(await StateAsync(upstash))["redis"]!["process_id"]!;
        using (var redis = Process.GetProcessById(first))
        {
            redis.Kill();
            await redis.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // The end is noticed by the connection's own reader: until then a request may still meet the old one and is told so.
        var answer = await upstash.AskAsync("/", """["GET","k"]""");
        for (var n = 0; answer.Status == 503 && n < 100; n++)
        {
            answer = await upstash.AskAsync("/", """["GET","k"]""");
        }

        Assert.Equal((200, """{"result":null}"""), answer);
        Assert.NotEqual(first, (int)(await StateAsync(upstash))["redis"]!["process_id"]!);
    }

    [Fact]
    public async Task Nothing_stays_behind_when_it_ends()
    {
        int id;
        await using (var upstash = await RunningUpstash.StartAsync())
        {
            id = (int)(await StateAsync(upstash))["redis"]!["process_id"]!;
            using var running = Process.GetProcessById(id);
            Assert.StartsWith("redis-server", running.ProcessName, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    private static async Task SetFaultsAsync(RunningUpstash upstash, string faults)
    {
        using var answer = await upstash.Http.PutAsync("/_local/faults", new StringContent(faults), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonNode> StateAsync(RunningUpstash upstash) =>
        JsonNode.Parse(await upstash.Http.GetStringAsync("/_local/state", TestContext.Current.CancellationToken))!;
}
