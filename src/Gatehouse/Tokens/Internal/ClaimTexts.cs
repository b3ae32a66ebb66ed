using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>Claims that are one text, or a list of them.</summary>
internal static class ClaimTexts
{
    /// <summary>A text stands for itself (<c>aud</c>).</summary>
    public static IReadOnlyList<string> ReadWhole(ref Utf8JsonReader json) => Read(ref json, static text => [text]);

    /// <summary>A text is a list with spaces between (<c>scope</c>).</summary>
    public static IReadOnlyList<string> ReadAtSpaces(ref Utf8JsonReader json) =>
        Read(ref json, static text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<string> Read(ref Utf8JsonReader json, Func<string, string[]> split)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? split(json.GetString()!) : StrictJson.Texts(ref json);
    }
}
