using System.Text.Json;

namespace Analyzer.Modules;

/// <summary>A module as the database has it.</summary>
internal sealed class ModuleRow
{
    public const string Columns =
        "position AS Position, id AS Id, user_id AS UserId, name AS Name, content AS Content, created_at AS CreatedAt, updated_at AS UpdatedAt";

    public required long Position { get; init; }

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string Name { get; init; }

    public required string Content { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public Module ToModule() => new(
        Id,
        UserId,
        Name,
        JsonSerializer.Deserialize<JsonElement>(Content),
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt));
}
