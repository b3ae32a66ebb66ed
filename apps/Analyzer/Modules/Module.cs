using System.Text.Json;

namespace Analyzer.Modules;

/// <summary>A module as its user has it back.</summary>
public sealed record Module(
    string Id,
    string UserId,
    string Name,
    JsonElement Content,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
