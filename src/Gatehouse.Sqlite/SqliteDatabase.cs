using System.Diagnostics.CodeAnalysis;
using Gatehouse.Sqlite.Internal;
using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite;

/// <summary>A database in one file, opened the same way every time: durable, never made anew because it has gone, and never another than the path's.</summary>
/// <remarks>
/// Write-ahead log with <c>synchronous=FULL</c>: what was committed is on the disk. The library's calls block while they wait for the disk
/// or a lock, whatever their names say, for <see cref="LockTimeout"/> at most; <see cref="RunAsync"/> keeps that off its caller's thread.
/// </remarks>
public sealed class SqliteDatabase : IDisposable
{
    private const int Busy = 5;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _places = new(MaximumConcurrency);
    private readonly WorkThreads _threads = new("sqlite");

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

    /// <summary>How many pieces of work <see cref="RunAsync"/> does at the same time, and so how many threads a slow disk or a lock can hold.</summary>
    public static int MaximumConcurrency => 8;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Reads the path from a connection string: a bare path, or <c>Data Source=</c> and the path.</summary>
    /// <returns>False for anything else: other settings, a database in memory, nothing.</returns>
    public static bool TryReadPath(string? connectionString, [NotNullWhen(true)] out string? path)
    {
        const string Key = "Data Source=";
        var text = connectionString?.Trim() ?? "";
        path = text.StartsWith(Key, StringComparison.OrdinalIgnoreCase) ? text[Key.Length..].TrimEnd(';').Trim() : text;
        return path.Length > 0 && !path.StartsWith(':') && !path.AsSpan().ContainsAny('=', ';', '\0');
    }

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
        var connection = OpenPooled();
        if (!OpenedFile.HasMoved(connection))
        {
            return connection;
        }

        // A kept connection would go on with the file that was deleted or replaced under it, and lose what it writes.
        connection.Dispose();
        CloseKeptConnections();
        return OpenPooled();
    }

    /// <summary>Does a piece of work on a thread that is nobody's but this database's, with a connection of its own.</summary>
    /// <param name="work">What to do. It blocks its thread, and is not interrupted once it has begun.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <exception cref="SqliteException">
    /// The work's own; or all <see cref="MaximumConcurrency"/> places stayed taken for <see cref="LockTimeout"/>, which counts as busy: a
    /// locked database must not gather callers and threads without end.
    /// </exception>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!await _places.WaitAsync(TimeSpan.FromSeconds(LockTimeout), cancellationToken).ConfigureAwait(false))
        {
            throw new SqliteException("too much work waits for the database", Busy);
        }

        try
        {
            return await _threads.RunAsync(() =>
            {
                using var connection = Open();
                return work(connection);
            }).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Closes the connections that are kept for reuse, so that the file can be moved or removed.</summary>
    public void Dispose()
    {
        CloseKeptConnections();
        _threads.Dispose();
        _places.Dispose();
    }

    private SqliteConnection OpenPooled()
    {
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

    private void CloseKeptConnections()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        Mode = mode,
        DefaultTimeout = LockTimeout,
    }.ToString();
}
