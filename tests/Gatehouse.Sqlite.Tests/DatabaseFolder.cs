using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite.Tests;

/// <summary>A folder for one test's databases, and what is done to them behind the library's back.</summary>
internal sealed class DatabaseFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sqlite-");

    public string Path => _folder.FullName;

    public string File(string name = "test.db") => System.IO.Path.Combine(Path, name);

    public static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T Read<T>(string path, string sql)
    {
        using var connection = Open(path);
        return Scalar<T>(connection, sql);
    }

    public static T Scalar<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Opens the file without the pool, and makes it if it is not there.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Raises the file's write version beyond what SQLite knows: readable, and never writable. Permissions would not do, since tests may run
    /// as an account that they do not bind.
    /// </summary>
    public static void MakeReadOnly(string path)
    {
        SqliteConnection.ClearAllPools();
        Execute(path, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;");
        using var file = System.IO.File.OpenWrite(path);
        file.Position = 18;
        file.WriteByte(200);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
