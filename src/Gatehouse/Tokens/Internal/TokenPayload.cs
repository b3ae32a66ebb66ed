using System.Buffers;
using System.Buffers.Text;

namespace Gatehouse.Tokens.Internal;

/// <summary>
/// What a token claims, as UTF-8 JSON, kept only where it lies anyway: in the token's own text, of which each reader gets a copy that is not
/// kept, or in an issuer's answer.
/// </summary>
internal readonly struct TokenPayload
{
    private readonly string? _token;
    private readonly byte[]? _json;

    /// <param name="token">A text in three parts, whose second is base64url.</param>
    public TokenPayload(string token) => _token = token;

    /// <param name="json">What the issuer of an opaque token answered.</param>
    public TokenPayload(byte[] json) => _json = json;

    public delegate TResult Reader<in TState, out TResult>(ReadOnlySpan<byte> json, TState state);

    /// <summary>Lets the payload be read. Nothing of the bytes may be kept.</summary>
    public TResult Read<TState, TResult>(Reader<TState, TResult> read, TState state)
    {
        if (_token is null)
        {
            return read(_json, state);
        }

        var part = Part(_token);
        var bytes = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(part.Length));
        try
        {
            return read(bytes.AsSpan(0, Base64Url.DecodeFromChars(part, bytes)), state);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public byte[] ToArray() => Read(static (json, _) => json.ToArray(), 0);

    private static ReadOnlySpan<char> Part(string token)
    {
        var start = token.IndexOf('.', StringComparison.Ordinal) + 1;
        return token.AsSpan(start, token.LastIndexOf('.') - start);
    }
}
