using System.Net.Http.Headers;
using System.Text;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analyzer.Tests;

/// <summary>The Analyzer on real Kestrel with a database of its own, whose Clerk is a forge; API keys are known by their text.</summary>
internal sealed class AnalyzerHost : IAsyncDisposable
{
    public const string Me = TokenForge.UserId;
    public const string Save = "/api/user_modules/save";
    public const string Chat = "/api/chat";
    public const string Stream = "/api/stream";

    private readonly DirectoryInfo _folder;

    private AnalyzerHost(DirectoryInfo folder, WebApplication app, KeyServer keys, TestClock clock, LogBook log)
    {
        (_folder, App, Keys, Clock, Log) = (folder, app, keys, clock, log);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebApplication App { get; }

    public TestClock Clock { get; }

    /// <summary>Where the Analyzer gets the forge's keys.</summary>
    public KeyServer Keys { get; }

    public TokenForge Forge => Keys.Forge!;

    public LogBook Log { get; }

    public HttpClient Client { get; }

    public string DatabasePath => Path.Combine(_folder.FullName, "analyzer.db");

    public static async Task<AnalyzerHost> StartAsync(Action<IServiceCollection>? services = null, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("analyzer-");
        var clock = new TestClock();
        var keys = await KeyServer.StartAsync();
        keys.Forge = new TokenForge(clock);
        var log = new LogBook();
        var app = AnalyzerApp.Build(
            ["--environment", "Production"],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                new("ConnectionStrings:Analyzer", Path.Combine(folder.FullName, "analyzer.db")),
                .. ClerkOf(keys),
                new("Gatehouse:AuthorizedParties:0", TokenForge.Origin),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
            ]),
            collection =>
            {
                collection.AddSingleton<TimeProvider>(clock);
                collection.AddSingleton<IUserRoleSource, NoRoles>();
                collection.AddSingleton<IOpaqueTokenSource, KnownKeys>();
                collection.AddLogging(logging => logging.ClearProviders().AddProvider(log));
                services?.Invoke(collection);
            });
        await app.StartAsync();
        return new AnalyzerHost(folder, app, keys, clock, log);
    }

    /// <summary>The variables that make a forge this process's Clerk, by its keys alone.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ClerkOf(KeyServer keys) =>
    [
        new("CLERK_PUBLISHABLE_KEY", "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(keys.Forge!.IssuerName).Host + "$"))),
        new("CLERK_PROXY_URL", keys.Url),
        new("CLERK_JWT_KEY", ""),
        new("CLERK_SECRET_KEY", ""),
        new("CLERK_MACHINE_SECRET_KEY", ""),
        new("CLERK_API_URL", ""),
    ];

    public static string ModulesOf(string user, string prefix = "/api") => $"{prefix}/user_modules/user/{user}";

    /// <summary>A body that saves a module.</summary>
    public static string Module(object name, string content = "{}") => $"{{\"name\":\"{name}\",\"content\":{content}}}";

    /// <summary>The secret of an API key that <see cref="KnownKeys"/> takes for this user's, with this scope.</summary>
    public static string KeyOf(string user, string scope) => $"ak_{user}_{scope}";

    public string TokenOf(string user) => Forge.Session(claims => claims["sub"] = user);

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public Task<HttpResponseMessage> GetAsync(string path) => GetAsync(path, Forge.Session());

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? token = null, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await SendAsync(HttpMethod.Post, path, token ?? Forge.Session(), content);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Looks into the database behind the Analyzer's back.</summary>
    public T Read<T>(string sql)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public SqliteConnection OpenDatabase()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabasePath, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        await Keys.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class NoRoles : IUserRoleSource
    {
        public Task<string?> FindRoleAsync(string userId, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing here depends on a role");
    }

    private sealed class KnownKeys : IOpaqueTokenSource
    {
        public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken) =>
            ValueTask.FromResult(token.Split('_') is ["ak", var kind, var id, var scope]
                ? OpaqueLookup.Of(new OpaqueToken { Class = tokenClass, Id = "ak_1", Subject = $"{kind}_{id}", Scopes = [scope] })
                : OpaqueLookup.Unknown);
    }
}
