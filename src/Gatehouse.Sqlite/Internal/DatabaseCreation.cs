using Gatehouse.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Sqlite.Internal;

/// <summary>Before the first request: the tables, and in an empty database what it begins with.</summary>
/// <remarks>
/// The database is asked for at the start and not when the hosted services are made: that comes before the settings are validated, and a
/// wrong path would then hide every other fault.
/// </remarks>
internal sealed partial class DatabaseCreation(
    Func<SqliteDatabase> find,
    DatabaseScripts scripts,
    DatabaseLocation location,
    ILogger<DatabaseCreation> logger)
    : IHostedLifecycleService
{
    /// <summary>The tables that were there at the start.</summary>
    public IReadOnlyList<string> Tables { get; private set; } = [];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var database = find();
        try
        {
            database.Create(scripts.Schema);
            Tables = await database.RunAsync(DatabaseTables.List, cancellationToken).ConfigureAwait(false);
            if (scripts.Seed is { } seed && await database.RunAsync(connection => Fill(connection, seed), cancellationToken).ConfigureAwait(false))
            {
                Log.DatabaseFilled(logger, database.Path);
            }
        }
        catch (SqliteException failure) when (failure.IsUnavailable())
        {
            throw CannotStart(database, CauseOf(failure.ToStoreFailure()), failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotStart(database, "its folder cannot be made or used", failure);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // One write transaction from the look to the last row: of two processes that start together, one fills.
    private bool Fill(SqliteConnection connection, string seed)
    {
        using var transaction = connection.BeginTransaction();
        if (!DatabaseTables.AreEmpty(connection, transaction, Tables))
        {
            return false;
        }

        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The app's own script.
        command.CommandText = seed;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    private InvalidOperationException CannotStart(SqliteDatabase database, string cause, Exception failure) =>
        new($"The database {database.Path} cannot be used: {cause} ({failure.Message}). {location.Settings} says where it is.", failure);

    internal static string CauseOf(StoreFailure failure) => failure switch
    {
        StoreFailure.Busy => "another process holds it alone",
        StoreFailure.ReadOnly => "it is read-only",
        StoreFailure.Full => "the disk is full",
        StoreFailure.Failing => "the disk fails",
        StoreFailure.Damaged => "it is damaged, or the file is no database",
        StoreFailure.Away => "the file cannot be opened",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "no outage"),
    };

    private static partial class Log
    {
        [LoggerMessage(EventIds.DatabaseFilled, LogLevel.Information, "Filled the new database {Path}")]
        public static partial void DatabaseFilled(ILogger logger, string path);
    }
}
