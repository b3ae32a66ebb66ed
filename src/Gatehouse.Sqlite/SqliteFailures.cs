using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite;

/// <summary>Tells a database that is away from a statement that is wrong.</summary>
public static class SqliteFailures
{
    // busy, locked, read-only, I/O error, corrupt, full, cannot open, not a database
    private static readonly HashSet<int> Away = [5, 6, 8, 10, 11, 13, 14, 26];

    /// <summary>Whether the database cannot serve just now (locked, full, read-only, gone), and may serve again without a change of ours.</summary>
    public static bool IsUnavailable(this SqliteException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Away.Contains(exception.SqliteErrorCode);
    }
}
