using System.Reflection;
using Gatehouse.Sqlite;
using Gatehouse.Sqlite.Internal;
using Gatehouse.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A database in one file, as an app's services.</summary>
public static class SqliteServiceExtensions
{
    private const string HealthCheck = "database";

    /// <summary>
    /// Adds the app's <see cref="SqliteDatabase"/>: the file of <c>ConnectionStrings:&lt;name&gt;</c>, else <c>&lt;name&gt;.db</c> in lower
    /// case under <c>Gatehouse:DataDirectory</c>, else under <c>.gatehouse</c>. Its tables are made before the first request; while it cannot
    /// serve, the health check <c>database</c> fails, and its exceptions are known as outages (<see cref="IStoreDiagnosis"/>).
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The connection string's name.</param>
    /// <param name="schema">Makes the tables; runs at each start, and so must be a script that may run again.</param>
    /// <param name="seed">Fills a database in which no table has a row. Of processes that start together, one fills it. Null: it stays empty.</param>
    /// <remarks>An app has one such database: a second call changes nothing.</remarks>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string name, string schema, string? seed = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        if (services.Any(service => service.ServiceType == typeof(DatabaseScripts)))
        {
            return services;
        }

        services.AddSingleton(new DatabaseScripts(name, schema, seed));
        services.AddSingleton<DatabaseLocation>();
        services.AddSingleton(provider => new SqliteDatabase(provider.GetRequiredService<DatabaseLocation>().FindPath()));
        services.AddSingleton<Func<SqliteDatabase>>(provider => provider.GetRequiredService<SqliteDatabase>);
        services.AddSingleton<DatabaseCreation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseCreation>(
            provider => provider.GetRequiredService<DatabaseCreation>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreDiagnosis, SqliteDiagnosis>());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            HealthCheck, provider => ActivatorUtilities.CreateInstance<DatabaseHealth>(provider), HealthStatus.Unhealthy, ["ready"]));
        return services;
    }

    /// <summary>The same with the scripts that are embedded in an assembly as <c>schema.sql</c> and, if there is one, <c>seed.sql</c>.</summary>
    /// <exception cref="ArgumentException">The assembly holds no <c>schema.sql</c>.</exception>
    public static IServiceCollection AddSqliteDatabase(this IServiceCollection services, string name, Assembly scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        var schema = Read(scripts, "schema.sql") ?? throw new ArgumentException($"{scripts.GetName().Name} embeds no schema.sql", nameof(scripts));
        return services.AddSqliteDatabase(name, schema, Read(scripts, "seed.sql"));
    }

    private static string? Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
