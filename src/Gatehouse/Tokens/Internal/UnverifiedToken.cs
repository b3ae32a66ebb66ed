using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Tokens.Internal;

/// <summary>A text that has the shape of a JWS in compact form (RFC 7515, section 7.1) and a header. Nothing in it is believed yet.</summary>
internal readonly struct UnverifiedToken
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Letters);

    private readonly int _firstDot;
    private readonly int _lastDot;

    private UnverifiedToken(string text, int firstDot, int lastDot, JoseHeader header) =>
        (Text, _firstDot, _lastDot, Header) = (text, firstDot, lastDot, header);

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The header: it chooses a key among those of the issuer, and says no more than that.</summary>
    public JoseHeader Header { get; }

    /// <summary>The payload, whatever it is.</summary>
    public TokenPayload Payload => new(Text);

    private ReadOnlySpan<char> PayloadPart => Text.AsSpan(_firstDot + 1, _lastDot - _firstDot - 1);

    private ReadOnlySpan<char> SignaturePart => Text.AsSpan(_lastDot + 1);

    /// <summary>Finds the three parts, each in canonical base64url, and reads the header. Five parts are a JWE, and refused.</summary>
    public static bool TryRead(string text, out UnverifiedToken token)
    {
        token = default;
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var last = text.LastIndexOf('.');
        if (first < 0 || last == first)
        {
            return false;
        }

        var shape = new UnverifiedToken(text, first, last, default);
        var wellFormed = IsCanonical(text.AsSpan(0, first)) && IsCanonical(shape.PayloadPart) && IsSignature(shape.SignaturePart);
        if (!wellFormed || ReadHeader(text.AsSpan(0, first)) is not { } header)
        {
            return false;
        }

        token = new UnverifiedToken(text, first, last, header);
        return true;
    }

    /// <summary>Whether the key signed these very bytes.</summary>
    public bool IsSignedBy(SigningKey key)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Text.Length);
        try
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            var signed = Encoding.ASCII.GetBytes(Text.AsSpan(0, _lastDot), bytes);
            SHA256.HashData(bytes.AsSpan(0, signed), hash);

            var written = Base64Url.DecodeFromChars(SignaturePart, bytes);
            return key.Verify(hash, bytes.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static JoseHeader? ReadHeader(ReadOnlySpan<char> part)
    {
        const int Usual = 256;
        var length = Base64Url.GetMaxDecodedLength(part.Length);
        var bytes = length <= Usual ? stackalloc byte[Usual] : new byte[length];
        return JoseHeader.Read(bytes[..Base64Url.DecodeFromChars(part, bytes)]);
    }

    // An unsecured JWS (RFC 7515, appendix A.5) has an empty signature, and is refused for its algorithm.
    private static bool IsSignature(ReadOnlySpan<char> part) => part.IsEmpty || IsCanonical(part);

    // The platform's decoder overlooks padding, white space and left-over bits, so that one token would have many texts.
    private static bool IsCanonical(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part.Length % 4 == 1 || part.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        var unused = (part.Length % 4) switch { 2 => 0x0F, 3 => 0x03, _ => 0 };
        return (Letters.IndexOf(part[^1], StringComparison.Ordinal) & unused) == 0;
    }
}
