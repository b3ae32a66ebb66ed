using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Gatehouse.Tokens.Internal;

/// <summary>
/// JSON as it must be inside a token: valid UTF-8, one value, no member twice (written with escapes or without), no unpaired surrogate,
/// bounded depth. Two readers that disagree about a text are how forgeries get in.
/// </summary>
internal static class StrictJson
{
    private const int MaximumDepth = 32;

    public static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = MaximumDepth });

    public static bool IsUtf8(ReadOnlySpan<byte> json) => Utf8.IsValid(json);

    /// <summary>What the reader throws for a text that is not as it must be; it has no way to say so by a value.</summary>
    public static bool IsRefusal(Exception exception) => exception is JsonException or InvalidOperationException or FormatException;

    /// <summary>Moves to the object's start; anything else is refused.</summary>
    public static void Enter(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }
    }

    /// <summary>Moves to the next member's name; false at the object's end.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves past the object's end, where nothing may follow.</summary>
    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new JsonException("something follows");
        }
    }

    /// <summary>Moves to the value, which must be a string.</summary>
    public static Utf8JsonReader Text(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader : throw new JsonException("not a string");
    }

    /// <summary>Moves to the value, which must be a whole number of seconds (RFC 7519 admits fractions; Clerk writes none).</summary>
    public static long Seconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value is >= 0 and <= MaximumSeconds
            ? value
            : throw new JsonException("not a time");
    }

    /// <summary>Reads the value that the reader stands at, which must be a list of strings.</summary>
    public static List<string> Texts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("not a list of texts");
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray ? texts : throw new JsonException("not a list of texts");
    }

    /// <summary>Looks at every member and every string at every depth, which the quick path spares itself for what it knows.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> json)
    {
        var copy = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            json.CopyTo(copy);
            using var document = JsonDocument.Parse(
                copy.AsMemory(0, json.Length),
                new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
            CheckEscapes(json, copy);
            return true;
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    // The last second that DateTimeOffset can hold.
    private const long MaximumSeconds = 253402300799;

    private static void CheckEscapes(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var reader = Reader(json);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                reader.CopyString(scratch);   // throws at an unpaired surrogate
            }
        }
    }
}
