using System.Net.Http.Headers;
using System.Text;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hemera.Tests;

/// <summary>Hemera on real Kestrel with a database of its own, whose Clerk is a forge.</summary>
internal sealed class HemeraHost : IAsyncDisposable
{
    public const string Courses = "/api/service/courses";
    public const string Course = "/api/service/courses/course_voice";
    public const string Participation = "/api/service/participations/prt_001";
    public const string Result = "/api/service/participations/prt_001/result";

    /// <summary>A machine that Hemera's configuration makes an api-client.</summary>
    public const string ClientMachine = TokenForge.MachineId;

    private readonly DirectoryInfo _folder;

    private HemeraHost(DirectoryInfo folder, WebApplication app, TestClock clock, TokenForge forge, LogBook log, StubRoles roles)
    {
        (_folder, App, Clock, Forge, Log, Roles) = (folder, app, clock, forge, log, roles);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebApplication App { get; }

    public TestClock Clock { get; }

    public TokenForge Forge { get; }

    public LogBook Log { get; }

    public StubRoles Roles { get; }

    public HttpClient Client { get; }

    public string DatabasePath => Path.Combine(_folder.FullName, "hemera.db");

    public static async Task<HemeraHost> StartAsync(Action<IServiceCollection>? services = null, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hemera-");
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var log = new LogBook();
        var roles = new StubRoles();
        var app = HemeraApp.Build(
            ["--environment", "Production"],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                new("ConnectionStrings:Hemera", $"Data Source={Path.Combine(folder.FullName, "hemera.db")}"),
                .. ClerkOf(forge),
                new($"Gatehouse:Machines:{ClientMachine}:Role", "api-client"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
            ]),
            collection =>
            {
                collection.AddSingleton<TimeProvider>(clock);
                collection.AddSingleton<IUserRoleSource>(roles);
                collection.AddLogging(logging => logging.ClearProviders().AddProvider(log));
                services?.Invoke(collection);
            });
        await app.StartAsync();
        return new HemeraHost(folder, app, clock, forge, log, roles);
    }

    /// <summary>Services of a host whose start is meant to fail.</summary>
    public static void Quiet(IServiceCollection services) => services.AddLogging(logging => logging.ClearProviders());

    /// <summary>The variables that make a forge this process's Clerk.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ClerkOf(TokenForge forge) =>
    [
        new("CLERK_PUBLISHABLE_KEY", "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(forge.IssuerName).Host + "$"))),
        new("CLERK_JWT_KEY", forge.PublicPem),
        new("CLERK_SECRET_KEY", ""),
        new("CLERK_MACHINE_SECRET_KEY", ""),
        new("CLERK_PROXY_URL", ""),
        new("CLERK_API_URL", ""),
        new("CLERK_SERVICE_USER_ID", ""),
        new("Gatehouse:MachineId", TokenForge.ReceiverId),
    ];

    /// <summary>A session token of some user who has this role.</summary>
    public string TokenOf(string? role, string? user = null) => Forge.Session(claims =>
    {
        claims["sub"] = user ?? TokenForge.UserId;
        if (role is not null)
        {
            claims["role"] = role;
        }
    });

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public async Task<HttpResponseMessage> PutAsync(string path, string body, string? token = null)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await SendAsync(HttpMethod.Put, path, token ?? TokenOf("api-client"), content);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Looks into the database behind Hemera's back.</summary>
    public SqliteConnection OpenDatabase()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabasePath, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
