using Gatehouse.Stores;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite;

/// <summary>Tells a database that is away from a statement that is wrong.</summary>
public static class SqliteFailures
{
    /// <summary>Why the database cannot serve just now, by SQLite's primary result code.</summary>
    /// <returns><see cref="StoreFailure.None"/> for what a change of ours has to mend: a wrong statement, a broken constraint.</returns>
    public static StoreFailure ToStoreFailure(this SqliteException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.SqliteErrorCode switch
        {
            5 or 6 => StoreFailure.Busy,        // SQLITE_BUSY, SQLITE_LOCKED
            8 => StoreFailure.ReadOnly,         // SQLITE_READONLY
            10 => StoreFailure.Failing,         // SQLITE_IOERR
            11 or 26 => StoreFailure.Damaged,   // SQLITE_CORRUPT, SQLITE_NOTADB
            13 => StoreFailure.Full,            // SQLITE_FULL
            14 => StoreFailure.Away,            // SQLITE_CANTOPEN
            _ => StoreFailure.None,
        };
    }

    /// <summary>Whether the database cannot serve just now (locked, full, read-only, gone), and may serve again without a change of ours.</summary>
    public static bool IsUnavailable(this SqliteException exception) => exception.ToStoreFailure() != StoreFailure.None;
}
