using System.Text.Json;

namespace Analyzer.Chat;

/// <summary>A message as the database has it.</summary>
internal sealed class ChatRow
{
    public const string Columns =
        "position AS Position, id AS Id, message AS Message, answer AS Answer, statistics AS Statistics, created_at AS CreatedAt";

    public required long Position { get; init; }

    public required string Id { get; init; }

    public required string Message { get; init; }

    public required string Answer { get; init; }

    public required string Statistics { get; init; }

    public required long CreatedAt { get; init; }

    public ChatMessage ToMessage() => new(
        Id,
        Message,
        Answer,
        JsonSerializer.Deserialize<ModuleStatistics>(Statistics)!,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
}
