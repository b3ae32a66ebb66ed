using Gatehouse.Stores;
using Gatehouse.Testbed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Sqlite.Tests;

/// <summary>An app's process in miniature, with the door and nothing else.</summary>
internal sealed class Host : IAsyncDisposable
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS notes (id integer PRIMARY KEY, text text NOT NULL); CREATE TABLE IF NOT EXISTS tags (id integer PRIMARY KEY);";
    public const string Seed = "INSERT INTO notes (text) VALUES ('one'), ('two');";

    private readonly IHost _host;

    private Host(IHost host, LogBook log) => (_host, Log) = (host, log);

    public LogBook Log { get; }

    public SqliteDatabase Database => _host.Services.GetRequiredService<SqliteDatabase>();

    public IStoreDiagnosis Diagnosis => _host.Services.GetRequiredService<IStoreDiagnosis>();

    public static Host Make(Action<IServiceCollection> services, params (string Key, string? Value)[] settings)
    {
        var log = new LogBook();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.AddProvider(log);
        services(builder.Services);
        return new Host(builder.Build(), log);
    }

    public static async Task<Host> StartAsync(string path, string schema = Schema, string? seed = Seed)
    {
        var host = Make(services => services.AddSqliteDatabase("Notes", schema, seed), ("ConnectionStrings:Notes", path));
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public async Task<HealthReportEntry> HealthAsync() =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["database"];

    public Task<long> CountAsync(string table = "notes") =>
        Database.RunAsync(connection => DatabaseFolder.Scalar<long>(connection, $"SELECT count(*) FROM {table}"), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();
}
