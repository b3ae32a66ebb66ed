using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>SHA-256 over a salt of this process, the class and the token.</summary>
/// <remarks>The salt keeps strangers from choosing tokens whose digests meet in one place of a table.</remarks>
internal sealed class TokenDigester
{
    private const int SaltLength = 16;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(SaltLength);

    /// <param name="token">ASCII of bounded length: <see cref="OpaqueTokenText"/> has seen to that.</param>
    /// <param name="tokenClass">The class; the same text asked about as another class is another question.</param>
    public TokenDigest Of(ReadOnlySpan<char> token, TokenClass tokenClass)
    {
        Span<byte> bytes = stackalloc byte[SaltLength + 1 + OpaqueTokenText.MaximumLength];
        _salt.CopyTo(bytes);
        bytes[SaltLength] = (byte)tokenClass;
        var length = SaltLength + 1 + Encoding.ASCII.GetBytes(token, bytes[(SaltLength + 1)..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        CryptographicOperations.ZeroMemory(bytes[..length]);
        return new TokenDigest(BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
    }
}
