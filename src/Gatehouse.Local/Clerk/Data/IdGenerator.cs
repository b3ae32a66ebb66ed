using System.Numerics;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>New ids in Clerk's manner: a prefix and a KSUID, 27 characters that sort by the second of their making.</summary>
internal sealed class IdGenerator(ClerkClock clock, Random random)
{
    private const int KsuidLength = 27;
    private const long KsuidEpochSeconds = 1_400_000_000;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly Lock _gate = new();

    public string Next(string prefix)
    {
        Span<byte> bytes = stackalloc byte[20];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(clock.NowSeconds - KsuidEpochSeconds));
        Fill(bytes[4..]);
        return prefix + Encode(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
    }

    /// <summary>An id of the machine families and of tokens: a prefix and random bytes in hexadecimal.</summary>
    public string NextHex(string prefix, int bytes = 16)
    {
        Span<byte> value = stackalloc byte[bytes];
        Fill(value);
        return prefix + Convert.ToHexStringLower(value);
    }

    private static string Encode(BigInteger number)
    {
        Span<char> text = stackalloc char[KsuidLength];
        for (var index = KsuidLength - 1; index >= 0; index--)
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            text[index] = Digits[(int)digit];
        }

        return new string(text);
    }

    private void Fill(Span<byte> bytes)
    {
        lock (_gate)
        {
            random.NextBytes(bytes);
        }
    }
}
