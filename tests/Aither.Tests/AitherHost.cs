using Aither.Upstream;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aither.Tests;

/// <summary>Aither on real Kestrel with a database of its own.</summary>
internal sealed class AitherHost : IAsyncDisposable
{
    public const string Nowhere = "http://127.0.0.1:9";

    private readonly DirectoryInfo _folder;

    private AitherHost(DirectoryInfo folder, WebApplication app, TestClock clock, LogBook log)
    {
        (_folder, App, Clock, Log) = (folder, app, clock, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebApplication App { get; }

    public TestClock Clock { get; }

    public LogBook Log { get; }

    public HttpClient Client { get; }

    public string DatabasePath => Path.Combine(_folder.FullName, "aither.db");

    /// <summary>Aither with these tokens in place of Clerk's.</summary>
    public static Task<AitherHost> StartAsync(IServiceTokenSource tokens, string hemera = Nowhere, HttpMessageHandler? upstream = null, TestClock? clock = null) =>
        StartAsync(
            hemera,
            services =>
            {
                services.AddKeyedSingleton("hemera", tokens);
                if (upstream is not null)
                {
                    services.AddHttpClient<HemeraClient>().ConfigurePrimaryHttpMessageHandler(() => upstream);
                }
            },
            clock ?? new TestClock());

    /// <summary>Aither with these settings, and the clock of the machine unless told otherwise.</summary>
    public static async Task<AitherHost> StartAsync(
        string hemera, Action<IServiceCollection>? services, TestClock? clock, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("aither-");
        var log = new LogBook();
        var app = AitherApp.Build(
            ["--environment", EnvironmentOf(settings)],
            configuration => configuration
                .AddInMemoryCollection(NoClerk)
                .AddInMemoryCollection(
                [
                    new("urls", "http://127.0.0.1:0"),
                    new("ConnectionStrings:Aither", Path.Combine(folder.FullName, "aither.db")),
                    new("CLERK_MACHINE_SECRET_KEY", "ak_0123456789"),
                    new("HEMERA_API_BASE_URL", hemera),
                ])
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))),
            collection =>
            {
                collection.AddLogging(logging => logging.ClearProviders().AddProvider(log));
                if (clock is not null)
                {
                    collection.AddSingleton<TimeProvider>(clock);
                }

                services?.Invoke(collection);
            });
        await app.StartAsync();
        return new AitherHost(folder, app, clock ?? new TestClock(), log);
    }

    /// <summary>The setting of that name, else <c>Production</c>.</summary>
    public static string EnvironmentOf(IEnumerable<(string Key, string? Value)> settings) =>
        settings.FirstOrDefault(setting => setting.Key == "environment").Value ?? "Production";

    /// <summary>Nothing of the variables of whoever runs the tests.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> NoClerk =>
        from name in (string[])
        [
            "CLERK_API_URL", "CLERK_PROXY_URL", "CLERK_JWT_KEY", "CLERK_SECRET_KEY", "CLERK_MACHINE_SECRET_KEY", "CLERK_PUBLISHABLE_KEY",
            "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "CLERK_SERVICE_USER_ID", "CLERK_SERVICE_USER_EMAIL", "HEMERA_API_BASE_URL", "Aither:TokenKind",
        ]
        select KeyValuePair.Create(name, (string?)"");

    public Task<HttpResponseMessage> SyncAsync() => Client.PostAsync(new Uri("/api/sync", UriKind.Relative), null);

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
