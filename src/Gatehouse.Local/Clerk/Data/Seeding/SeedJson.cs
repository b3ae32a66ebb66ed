using System.Text.Json;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>Looks for what would only fail later in values that are taken as they are.</summary>
internal static class SeedJson
{
    public const string BrokenName = "has a member whose name holds half a character pair";

    /// <summary>The first fault, with its path from here.</summary>
    public static (string Path, string Text)? FindFault(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => FindInObject(value),
        JsonValueKind.Array => First(value.EnumerateArray().Select((item, index) => ($"[{index}]", item))),
        JsonValueKind.String when TextOf(value) is null => ("", "holds half a character pair"),
        _ => null,
    };

    /// <summary>A text; null when it holds half a surrogate pair, which as an escape passes the parser.</summary>
    public static string? TextOf(JsonElement value) => Try(() => value.GetString());

    /// <summary>A member's name; null when it holds half a surrogate pair.</summary>
    public static string? NameOf(JsonProperty member) => Try(() => member.Name);

    /// <summary>An object with one member.</summary>
    public static JsonElement Wrap(string name, JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            json.WriteRawValue(value.GetRawText());
            json.WriteEndObject();
        }

        return JsonElement.Parse(stream.ToArray());
    }

    private static string? Try(Func<string?> read)
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

    private static (string Path, string Text)? FindInObject(JsonElement value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
            {
                return ("", BrokenName);
            }

            if (!names.Add(name))
            {
                return ($".{name}", "is there twice");
            }
        }

        return First(value.EnumerateObject().Select(member => ($".{member.Name}", member.Value)));
    }

    private static (string Path, string Text)? First(IEnumerable<(string Path, JsonElement Value)> parts)
    {
        foreach (var (path, value) in parts)
        {
            if (FindFault(value) is var (inner, text))
            {
                return (path + inner, text);
            }
        }

        return null;
    }
}
