using System.Text;
using System.Text.Json;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>A token taken apart by the letter of RFC 7515, 4648 and 8259, with no thought of speed.</summary>
internal sealed class SlowToken : IDisposable
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly JsonDocument _header;
    private readonly JsonDocument _claims;

    private SlowToken(string text, JsonDocument header, JsonDocument claims, byte[] signature) =>
        (Text, _header, _claims, Signature) = (text, header, claims, signature);

    public string Text { get; }

    public JsonElement Header => _header.RootElement;

    public JsonElement Claims => _claims.RootElement;

    public byte[] Signature { get; }

    public byte[] SigningInput => Encoding.ASCII.GetBytes(Text[..Text.LastIndexOf('.')]);

    /// <returns>Null for what is no JWS in compact form with a JSON object as header and as payload.</returns>
    public static SlowToken? Read(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } claims || Decode(parts[2]) is not { } signature)
        {
            return null;
        }

        return Object(header) is { } head && Object(claims) is { } body ? new SlowToken(text, head, body, signature) : null;
    }

    public void Dispose()
    {
        _header.Dispose();
        _claims.Dispose();
    }

    /// <summary>RFC 4648, section 5, without padding, and with the bits that are left over zero (section 3.5).</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            bits = ((bits << 6) | value) & 0xFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        var leftOver = bits & ((1 << count) - 1);
        return count == 6 || leftOver != 0 ? null : [.. bytes];
    }

    private static JsonDocument? Object(byte[] json)
    {
        try
        {
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(json);
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsUnambiguous(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception refused) when (refused is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    // RFC 7515, section 4, and RFC 7519, section 4: names are unique. Text is Unicode: half a surrogate pair is none.
    private static bool IsUnambiguous(JsonElement element)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    var names = new HashSet<string>(StringComparer.Ordinal);
                    return element.EnumerateObject().All(member => names.Add(member.Name) && IsUnambiguous(member.Value));
                case JsonValueKind.Array:
                    return element.EnumerateArray().All(IsUnambiguous);
                case JsonValueKind.String:
                    return element.GetString() is not null;
                default:
                    return true;
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
