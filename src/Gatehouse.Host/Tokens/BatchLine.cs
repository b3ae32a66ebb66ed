using System.Text.Json;
using System.Text.Unicode;

namespace Gatehouse.Host.Tokens;

/// <summary>A line of <c>--batch</c>.</summary>
internal static class BatchLine
{
    /// <summary>The token of a line that is <c>{"token":string}</c> and nothing else; null for any other.</summary>
    public static string? ReadToken(ReadOnlySpan<byte> line)
    {
        // Most of what is no such line is recognised here, without an exception of the JSON reader's.
        if (line.TrimStart(" \t"u8) is not [(byte)'{', ..] || !Utf8.IsValid(line))
        {
            return null;
        }

        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || !json.Read() || !json.ValueTextEquals("token"u8) || !json.Read() || json.TokenType != JsonTokenType.String)
            {
                return null;
            }

            var token = json.GetString();
            return json.Read() && json.TokenType == JsonTokenType.EndObject && !json.Read() ? token : null;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return null;   // not JSON, an empty object, or a text that is no Unicode
        }
    }
}
