using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite;

/// <summary>A database in one file, opened the same way every time: durable, and never made anew because it has gone.</summary>
/// <remarks>
/// Write-ahead log with <c>synchronous=FULL</c>: what was committed is on the disk. The library's calls block while they wait for the disk
/// or a lock, whatever their names say, for <see cref="LockTimeout"/> at most.
/// </remarks>
public sealed class SqliteDatabase
{
    private const int CannotOpen = 14;

    private readonly string _connectionString;

    static SqliteDatabase() => SqliteLibrary.Load();

    /// <summary>The database in this file, which <see cref="Create"/> makes.</summary>
    /// <param name="path">The file's path.</param>
    public SqliteDatabase(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _connectionString = ConnectionString(SqliteOpenMode.ReadWrite);
    }

    /// <summary>The most time that a command waits for another's lock, in seconds.</summary>
    public static int LockTimeout => 2;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes the file and its folder if they are missing, and runs the script, which must be one that may run again.</summary>
    public void Create(string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWriteCreate));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; {schema}";
        command.ExecuteNonQuery();
    }

    /// <summary>Opens a connection, which the caller disposes.</summary>
    /// <exception cref="SqliteException">The file is missing, or cannot be opened.</exception>
    public SqliteConnection Open()
    {
        // A pooled connection would go on reading a file that was deleted under it, and lose what it writes.
        if (!File.Exists(Path))
        {
            throw new SqliteException("the database's file is missing", CannotOpen);
        }

        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = mode,
        DefaultTimeout = LockTimeout,
    }.ToString();
}
