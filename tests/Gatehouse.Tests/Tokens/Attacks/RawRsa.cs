using System.Numerics;
using System.Security.Cryptography;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>RSA by its numbers (RFC 8017, section 5.2): signs any block, padded or not, as no library would.</summary>
internal sealed class RawRsa
{
    private static readonly byte[] Sha256Info = [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    private readonly RSAParameters _numbers;
    private readonly BigInteger _p, _q, _dp, _dq, _inverseQ;

    public RawRsa()
    {
        using var rsa = RSA.Create(2048);
        _numbers = rsa.ExportParameters(includePrivateParameters: true);
        (_p, _q) = (Number(_numbers.P!), Number(_numbers.Q!));
        (_dp, _dq, _inverseQ) = (Number(_numbers.DP!), Number(_numbers.DQ!), Number(_numbers.InverseQ!));
        Modulus = Number(_numbers.Modulus!);
    }

    public BigInteger Modulus { get; }

    public int Length => _numbers.Modulus!.Length;

    public RSAParameters Public => new() { Modulus = _numbers.Modulus, Exponent = _numbers.Exponent };

    /// <summary>The head of a DigestInfo for SHA-256 in DER; the hash follows.</summary>
    public static ReadOnlySpan<byte> DigestInfo => Sha256Info;

    public byte[] Sign(ReadOnlySpan<byte> block) => Bytes(Power(Number(block)));

    /// <summary>A block of the right length: 00, the type, padding until the rest fits, 00, the rest.</summary>
    public byte[] Block(ReadOnlySpan<byte> rest, byte type = 1, byte padding = 0xFF, int? padded = null)
    {
        var length = padded ?? Length - rest.Length - 3;
        return [0, type, .. Enumerable.Repeat(padding, length), 0, .. rest, .. new byte[Length - rest.Length - 3 - length]];
    }

    public byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return bytes.Length >= Length ? bytes : [.. new byte[Length - bytes.Length], .. bytes];
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    // By the primes apart, which is four times as fast.
    private BigInteger Power(BigInteger message)
    {
        var (first, second) = (BigInteger.ModPow(message, _dp, _p), BigInteger.ModPow(message, _dq, _q));
        var difference = (first - second) % _p;
        return second + (((difference.Sign < 0 ? difference + _p : difference) * _inverseQ % _p) * _q);
    }
}
