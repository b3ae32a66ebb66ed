using System.Numerics;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>What Argon2 does with its blocks of a kibibyte (RFC 9106, sections 3.5 and 3.6).</summary>
internal static class Argon2Block
{
    public const int Bytes = 1024;
    public const int Words = Bytes / sizeof(ulong);

    private const int RowWords = 16;

    /// <summary>Makes a block out of two others, and in later passes out of what it held as well.</summary>
    public static void Fill(ReadOnlySpan<ulong> previous, ReadOnlySpan<ulong> reference, Span<ulong> block, bool isFirst)
    {
        Span<ulong> mixed = stackalloc ulong[Words];
        previous.CopyTo(mixed);
        Exclude(mixed, reference);
        Span<ulong> kept = stackalloc ulong[Words];
        mixed.CopyTo(kept);
        if (!isFirst)
        {
            Exclude(kept, block);
        }

        for (var row = 0; row < Words; row += RowWords)
        {
            Permute(mixed, row, step: 2);
        }

        for (var column = 0; column < RowWords; column += 2)
        {
            Permute(mixed, column, step: RowWords);
        }

        Exclude(mixed, kept);
        mixed.CopyTo(block);
    }

    public static void Exclude(Span<ulong> target, ReadOnlySpan<ulong> other)
    {
        for (var index = 0; index < target.Length; index++)
        {
            target[index] ^= other[index];
        }
    }

    // A round of BLAKE2b over eight pairs of words, each a step from the one before.
    private static void Permute(Span<ulong> block, int start, int step)
    {
        Span<ulong> v = stackalloc ulong[RowWords];
        for (var index = 0; index < RowWords; index++)
        {
            v[index] = block[start + (index / 2 * step) + (index & 1)];
        }

        for (var index = 0; index < 4; index++)
        {
            Mix(ref v[index], ref v[index + 4], ref v[index + 8], ref v[index + 12]);
        }

        for (var index = 0; index < 4; index++)
        {
            Mix(ref v[index], ref v[((index + 1) & 3) + 4], ref v[((index + 2) & 3) + 8], ref v[((index + 3) & 3) + 12]);
        }

        for (var index = 0; index < RowWords; index++)
        {
            block[start + (index / 2 * step) + (index & 1)] = v[index];
        }
    }

    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a = Multiply(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = Multiply(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = Multiply(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = Multiply(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    private static ulong Multiply(ulong x, ulong y) => x + y + (2UL * (uint)x * (uint)y);
}
