using System.Text.Json;
using Analyzer.Events;
using Analyzer.Requests;
using Dapper;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Chat;

/// <summary>Answers messages, and keeps both. Whose they are stands in every statement.</summary>
internal sealed class ChatStore(SqliteDatabase database, EventBells bells, TimeProvider time)
{
    /// <summary>How many messages of each user are kept.</summary>
    public const int Kept = 1_000;

    /// <summary>Counts the user's modules as they are now, and stores message and answer.</summary>
    public async Task<ChatMessage> AnswerAsync(string userId, string message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var answered = await database.RunAsync(connection => Answer(connection, userId, message, now), cancellationToken);
        bells.Ring(userId);
        return answered;
    }

    /// <returns>The messages before the cursor, the latest first, and the next cursor.</returns>
    public Task<ChatPage> ListAsync(string userId, PageQuery page, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection =>
            {
                var rows = connection.Query<ChatRow>(
                    $"SELECT {ChatRow.Columns} FROM messages WHERE user_id = @userId AND position < @before ORDER BY position DESC LIMIT @count",
                    new { userId, before = page.Cursor ?? long.MaxValue, count = page.Limit + 1 }).ToList();
                var next = rows.Count > page.Limit ? $"{rows[page.Limit - 1].Position}" : null;
                return new ChatPage([.. rows.Take(page.Limit).Select(row => row.ToMessage())], next);
            },
            cancellationToken);

    private static ChatMessage Answer(SqliteConnection connection, string userId, string message, DateTimeOffset now)
    {
        // Read before the transaction: counting takes its time, and would keep all other writers waiting.
        var statistics = Count(connection, userId, message);
        var at = now.ToUnixTimeMilliseconds();
        var answered = new ChatMessage(
            $"msg_{Guid.CreateVersion7(now):N}", message, AnswerText.Of(statistics), statistics, DateTimeOffset.FromUnixTimeMilliseconds(at));

        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO messages (id, user_id, message, answer, statistics, created_at) VALUES (@Id, @userId, @Message, @Answer, @counted, @at);
            DELETE FROM messages WHERE user_id = @userId
              AND position <= (SELECT position FROM messages WHERE user_id = @userId ORDER BY position DESC LIMIT 1 OFFSET @Kept);
            """,
            new { answered.Id, userId, answered.Message, answered.Answer, counted = JsonSerializer.Serialize(statistics), at, Kept },
            transaction);
        EventStore.Append(connection, transaction, userId, UserEvent.ChatAnswered, answered, now);
        transaction.Commit();
        return answered;
    }

    // One module in memory at a time.
    private static ModuleStatistics Count(SqliteConnection connection, string userId, string message)
    {
        var analysis = new Analysis(message);
        foreach (var (name, content) in connection.Query<(string Name, string Content)>(
            "SELECT name, content FROM modules WHERE user_id = @userId ORDER BY position", new { userId }, buffered: false))
        {
            using var document = JsonDocument.Parse(content);
            analysis.Add(name, document.RootElement);
        }

        return analysis.ToStatistics();
    }
}
