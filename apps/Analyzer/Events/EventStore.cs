using System.Text.Json;
using Dapper;
using Gatehouse.AspNetCore.Json;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Events;

/// <summary>What happened, in its order. Appended in the transaction of what happened, so that neither is there without the other.</summary>
internal sealed class EventStore(SqliteDatabase database)
{
    /// <summary>How many events of each user are kept: whoever was away for longer reads the lists anew.</summary>
    public const int Kept = 1_000;

    /// <summary>How many are read at once.</summary>
    public const int Batch = 100;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new IsoTimeConverter() },
    };

    public static void Append(SqliteConnection connection, SqliteTransaction transaction, string userId, string type, object data, DateTimeOffset now) =>
        connection.Execute(
            """
            INSERT INTO events (user_id, type, data, created_at) VALUES (@userId, @type, @data, @at);
            DELETE FROM events WHERE user_id = @userId
              AND position <= (SELECT position FROM events WHERE user_id = @userId ORDER BY position DESC LIMIT 1 OFFSET @Kept);
            """,
            new { userId, type, data = JsonSerializer.Serialize(data, Json), at = now.ToUnixTimeMilliseconds(), Kept },
            transaction);

    /// <summary>The position of the latest event of anybody; 0 before the first.</summary>
    /// <remarks>Of anybody, and deleted ones too: a position that lies beyond it was never given by this database.</remarks>
    public Task<long> FindLatestAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'"),
            cancellationToken);

    /// <returns>A user's events after a position, at most <see cref="Batch"/>.</returns>
    public Task<List<UserEvent>> ReadAsync(string userId, long after, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.Query<UserEvent>(
                "SELECT position AS Position, type AS Type, data AS Data FROM events WHERE user_id = @userId AND position > @after ORDER BY position LIMIT @Batch",
                new { userId, after, Batch }).AsList(),
            cancellationToken);
}
