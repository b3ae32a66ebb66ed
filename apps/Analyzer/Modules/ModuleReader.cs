using System.Text.Encodings.Web;
using System.Text.Json;
using Analyzer.Requests;

namespace Analyzer.Modules;

/// <summary>Reads a module from JSON by hand, so that each fault is named by its place and none is an exception's text.</summary>
internal static class ModuleReader
{
    public const string Name = "name";
    public const string Content = "content";

    // Only in the database and in JSON answers, never in a page.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null if there are faults.</returns>
    public static ModuleSave? Read(JsonElement body, FaultList faults)
    {
        var members = StrictObject.Read(body, [Name, Content], faults);
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var name = ReadName(members, faults);
        var content = ReadContent(members, faults);
        return faults.IsEmpty ? new ModuleSave(name!, content!) : null;
    }

    private static string? ReadName(IReadOnlyDictionary<string, JsonElement> members, FaultList faults)
    {
        var name = StrictObject.ReadText(members, Name, ModuleSave.MaximumNameLength, faults);
        if (name is not null && (name.Any(char.IsControl) || name.Trim() != name))
        {
            // A name is a key: two that look the same must be the same.
            faults.Add("invalid_string", [Name], "must not begin or end with a blank, nor hold control characters");
            return null;
        }

        return name;
    }

    private static string? ReadContent(IReadOnlyDictionary<string, JsonElement> members, FaultList faults)
    {
        if (!members.TryGetValue(Content, out var content))
        {
            faults.Add("required", [Content], "is missing");
            return null;
        }

        if (content.ValueKind != JsonValueKind.Object)
        {
            faults.Add("invalid_type", [Content], $"must be an object, not {StrictObject.NameOf(content.ValueKind)}");
            return null;
        }

        ContentCheck.Run(content, Content, faults);
        return faults.IsEmpty ? JsonSerializer.Serialize(content, Compact) : null;
    }
}
