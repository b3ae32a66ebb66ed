using System.Buffers.Binary;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>New ids in Clerk's manner: a prefix and a KSUID, 27 characters that sort by the second of their making.</summary>
internal sealed class IdGenerator(ClerkClock clock, Random random)
{
    private readonly Lock _gate = new();

    public string Next(string prefix)
    {
        Span<byte> bytes = stackalloc byte[Ksuid.Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(clock.NowSeconds - Ksuid.EpochSeconds));
        Fill(bytes[4..]);
        Span<char> text = stackalloc char[Ksuid.Length];
        Ksuid.Encode(bytes, text);
        return string.Concat(prefix, text);
    }

    /// <summary>An id of the machine families and of tokens: a prefix and random bytes in hexadecimal.</summary>
    public string NextHex(string prefix, int bytes = 16)
    {
        Span<byte> value = stackalloc byte[bytes];
        Fill(value);
        return prefix + Convert.ToHexStringLower(value);
    }

    private void Fill(Span<byte> bytes)
    {
        lock (_gate)
        {
            random.NextBytes(bytes);
        }
    }
}
