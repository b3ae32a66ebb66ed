using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>Reads back what this instance signed.</summary>
internal static class TokenReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Header and claims of a token with a good signature of a key that is still in the set; null of any other text.</summary>
    /// <remarks>No claim is looked at: an expired token is read, too.</remarks>
    public static (JsonObject Header, JsonObject Claims)? Read(KeyRing keys, string text)
    {
        if (text.Split('.') is not [var head, var body, var signature] || Decode(head) is not { } header || Decode(body) is not { } claims)
        {
            return null;
        }

        return Text(header, "alg") == "RS256"
            && keys.All.FirstOrDefault(known => known.Id == Text(header, "kid")) is { } key
            && Bytes(signature) is { } bytes
            && key.Verify(Encoding.UTF8.GetBytes($"{head}.{body}"), bytes)
                ? (header, claims)
                : null;
    }

    public static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Number(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;

    private static JsonObject? Decode(string part)
    {
        try
        {
            return Bytes(part) is { } utf8 ? JsonNode.Parse(utf8, documentOptions: Strict) as JsonObject : null;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
