using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite.Internal;

/// <summary>Asks a database about its tables, whatever they are.</summary>
internal static class DatabaseTables
{
    public static IReadOnlyList<string> List(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public static bool AreEmpty(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<string> tables) =>
        !tables.Any(table => HasRow(connection, transaction, table));

    private static bool HasRow(SqliteConnection connection, SqliteTransaction transaction, string table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // A table's name as the database itself gives it, quoted; names cannot be parameters.
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\")";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()! != 0;
    }
}
