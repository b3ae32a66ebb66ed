using Dapper;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Users;

/// <summary>The users, who are here because they have called.</summary>
internal sealed class UserStore(SqliteDatabase database, TimeProvider time)
{
    /// <summary>One statement that makes the user or leaves it as it is: of any number of first requests at the same time, one makes it.</summary>
    /// <returns>Whether this call made it.</returns>
    public Task<bool> EnsureAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.RunAsync(connection => Ensure(connection, userId, now), cancellationToken);
    }

    private static bool Ensure(SqliteConnection connection, string userId, long now) =>
        connection.Execute("INSERT INTO users (id, created_at) VALUES (@userId, @now) ON CONFLICT (id) DO NOTHING", new { userId, now }) == 1;
}
