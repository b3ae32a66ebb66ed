using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Gatehouse.Sqlite.Internal;

/// <summary>Asks SQLite about the file behind an open connection.</summary>
internal static class OpenedFile
{
    // SQLITE_FCNTL_HAS_MOVED
    private const int FileHasMoved = 20;

    /// <summary>Whether the connection's path now leads to another file than the one that was opened, or to none.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var moved = 0;
        return sqlite3_file_control(connection.Handle!, 0, FileHasMoved, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    // A null name means the main database.
    [DllImport(SqliteLibrary.Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 connection, nint name, int operation, ref int answer);
}
