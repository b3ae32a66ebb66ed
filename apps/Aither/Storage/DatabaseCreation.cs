using Dapper;
using Gatehouse.Sqlite;

namespace Aither.Storage;

/// <summary>Before the first request: the tables, and in a new database what Aither holds.</summary>
internal sealed partial class DatabaseCreation(SqliteDatabase database, ILogger<DatabaseCreation> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        database.Create(Scripts.Schema);
        if (await database.RunAsync(Seed, cancellationToken))
        {
            Log.DatabaseCreated(logger, database.Path);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // One write transaction from the look to the last row: of two processes that start together, one seeds.
    private static bool Seed(Microsoft.Data.Sqlite.SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM recordings", transaction: transaction) > 0)
        {
            return false;
        }

        connection.Execute(Scripts.Seed, transaction: transaction);
        transaction.Commit();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DatabaseCreated, LogLevel.Information, "Filled the new database {Path} with recordings, slides and attendance")]
        public static partial void DatabaseCreated(ILogger logger, string path);
    }
}
