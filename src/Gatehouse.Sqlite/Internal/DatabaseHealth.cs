using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gatehouse.Sqlite.Internal;

/// <summary>A database that cannot be read, or lacks a table that was there at the start, cannot serve.</summary>
internal sealed class DatabaseHealth(SqliteDatabase database, DatabaseCreation creation) : IHealthCheck
{
    private const string Code = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var tables = await database.RunAsync(DatabaseTables.List, cancellationToken).ConfigureAwait(false);
            return creation.Tables.Except(tables, StringComparer.Ordinal).Any() ? Unwell(context) : HealthCheckResult.Healthy();
        }
        catch (SqliteException)
        {
            return Unwell(context);
        }
    }

    private static HealthCheckResult Unwell(HealthCheckContext context) => new(context.Registration.FailureStatus, Code);
}
