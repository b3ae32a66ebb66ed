using System.Text.Json;

namespace Analyzer.Requests;

/// <summary>Reads an object of which every member is known and none comes twice, and tells each fault by its place.</summary>
internal static class StrictObject
{
    /// <returns>The members by name; those with faults, which are told, are missing.</returns>
    /// <param name="value">What should be such an object.</param>
    /// <param name="known">The members' names.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static IReadOnlyDictionary<string, JsonElement> Read(JsonElement value, string[] known, FaultList faults)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add("invalid_type", [], $"must be an object, not {NameOf(value.ValueKind)}");
            return members;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (TextOf(() => member.Name) is not { } name || !known.Contains(name, StringComparer.Ordinal))
            {
                faults.Add("unrecognized_key", TextOf(() => member.Name) is { } strange ? [strange] : [], $"is unknown; {string.Join(", ", known)} are known");
            }
            else if (!members.TryAdd(name, member.Value))
            {
                // Readers disagree on which of the two counts: none does.
                faults.Add("duplicate_key", [name], "is there more than once");
            }

            if (faults.IsFull)
            {
                break;
            }
        }

        return members;
    }

    /// <summary>A member's text of 1 to so many characters, counted as UTF-16 does.</summary>
    /// <returns>Null if it is not such a text, which is told.</returns>
    public static string? ReadText(IReadOnlyDictionary<string, JsonElement> members, string name, int maximumLength, FaultList faults)
    {
        if (!members.TryGetValue(name, out var value))
        {
            faults.Add("required", [name], "is missing");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add("invalid_type", [name], $"must be a string, not {NameOf(value.ValueKind)}");
            return null;
        }

        // SQLite ends a text at U+0000.
        if (TextOf(value.GetString!) is not { } text || text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add("invalid_string", [name], "holds a lone surrogate or U+0000");
            return null;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > maximumLength)
        {
            faults.Add(text.Length > maximumLength ? "too_big" : "too_small", [name], $"must be 1 to {maximumLength} characters, and not only blanks");
            return null;
        }

        return text;
    }

    /// <returns>Null for a text that escapes make no text of, such as half a surrogate pair.</returns>
    public static string? TextOf(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
