using System.Buffers.Binary;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>The text form of a KSUID: 20 bytes, of which the first four are a time, as 27 digits that sort as the bytes do.</summary>
internal static class Ksuid
{
    public const int Bytes = 20;
    public const int Length = 27;
    public const long EpochSeconds = 1_400_000_000;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Words = Bytes / 4;
    private const int DigitsPerDivision = 5;
    private const uint Divisor = 62 * 62 * 62 * 62 * 62;   // the most digits at once that leave a remainder of 32 bits

    /// <summary>Writes 27 digits.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        Span<uint> words = stackalloc uint[Words];
        for (var index = 0; index < Words; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(index * 4)..]);
        }

        for (var end = Length; end > 0;)
        {
            var rest = Divide(words);
            for (var digit = 0; digit < DigitsPerDivision && end > 0; digit++)
            {
                text[--end] = Digits[(int)(rest % 62)];
                rest /= 62;
            }
        }
    }

    /// <summary>The seconds since <see cref="EpochSeconds"/> that the text begins with; null when it is no KSUID.</summary>
    public static uint? DecodeSeconds(ReadOnlySpan<char> text)
    {
        if (text.Length != Length)
        {
            return null;
        }

        Span<uint> words = stackalloc uint[Words];
        words.Clear();
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) || !Multiply(words, Digits.IndexOf(character, StringComparison.Ordinal)))
            {
                return null;
            }
        }

        return words[0];
    }

    private static uint Divide(Span<uint> words)
    {
        ulong rest = 0;
        foreach (ref var word in words)
        {
            var (quotient, remainder) = Math.DivRem((rest << 32) | word, Divisor);
            (word, rest) = ((uint)quotient, remainder);
        }

        return (uint)rest;
    }

    private static bool Multiply(Span<uint> words, int add)
    {
        var carry = (ulong)add;
        for (var index = Words - 1; index >= 0; index--)
        {
            carry += (ulong)words[index] * 62;
            (words[index], carry) = ((uint)carry, carry >> 32);
        }

        return carry == 0;
    }
}
