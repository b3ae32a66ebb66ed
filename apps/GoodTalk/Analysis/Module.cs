using System.Text.Json;

namespace GoodTalk.Analysis;

/// <summary>A module as the Analyzer keeps it.</summary>
internal sealed record Module(string Id, string Name, JsonElement Content)
{
    /// <summary>What it says, if it was written here; otherwise its content as it is.</summary>
    public string Text =>
        Content.ValueKind == JsonValueKind.Object && Content.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : Content.GetRawText();
}
