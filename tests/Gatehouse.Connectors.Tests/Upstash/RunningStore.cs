using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Limits;
using Gatehouse.Local.Upstash;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Connectors.Tests.Upstash;

/// <summary>The store as an app has it, at a local Upstash of its own.</summary>
internal sealed class RunningStore : IAsyncDisposable
{
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new("Bearer", LocalUpstashDefaults.Token) } };
    private WebApplication _upstash;

    private RunningStore(WebApplication upstash, string address, IHost app)
    {
        (_upstash, Address, App) = (upstash, address, app);
        Limits = app.Services.GetRequiredService<ILimitStore>();
    }

    public string Address { get; }

    public IHost App { get; }

    public ILimitStore Limits { get; }

    public static async Task<RunningStore> StartAsync(TimeProvider time, params (string Key, string Value)[] settings)
    {
        Assert.SkipUnless(LocalUpstash.HasRedisServer(new ConfigurationBuilder().AddEnvironmentVariables().Build()), "no redis-server");
        var upstash = await StartUpstashAsync("http://127.0.0.1:0");
        var address = upstash.Urls.Single();
        var app = await StartAppAsync(time,
        [
            ("UPSTASH_REDIS_REST_URL", address), ("UPSTASH_REDIS_REST_TOKEN", LocalUpstashDefaults.Token), .. settings,
        ]);
        return new RunningStore(upstash, address, app);
    }

    public static async Task<IHost> StartAppAsync(TimeProvider time, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<ILimitStore, MemoryLimitStore>();
        builder.Services.AddUpstashLimits(builder.Configuration);
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>Runs a command beside the store.</summary>
    public async Task<JsonNode?> RunAsync(params object[] command)
    {
        using var answer = await _http.PostAsJsonAsync(Address, command, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["result"];
    }

    /// <summary>Has Upstash fail on purpose.</summary>
    public async Task FailAsync(string faults)
    {
        using var answer = await _http.PutAsync($"{Address}/_local/faults", new StringContent(faults), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    public ValueTask EndUpstashAsync() => _upstash.DisposeAsync();

    /// <summary>Starts it again where it was; what it held is gone.</summary>
    public async Task RestartUpstashAsync() => _upstash = await StartUpstashAsync(Address);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        App.Dispose();
        await _upstash.DisposeAsync();
        _http.Dispose();
    }

    private static async Task<WebApplication> StartUpstashAsync(string url)
    {
        var upstash = LocalUpstash.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", url)]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await upstash.StartAsync(TestContext.Current.CancellationToken);
        return upstash;
    }
}
