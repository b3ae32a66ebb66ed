using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The key derivation of scrypt (RFC 7914).</summary>
internal static class Scrypt
{
    private const int BlockWords = 16;   // of Salsa20

    /// <param name="password">Of any length.</param>
    /// <param name="salt">Of any length.</param>
    /// <param name="n">How often memory is filled and read: a power of two.</param>
    /// <param name="r">How large its blocks are, in 128 bytes.</param>
    /// <param name="p">How many times all of it is done.</param>
    /// <param name="length">How many bytes are wanted.</param>
    public static byte[] Derive(byte[] password, byte[] salt, int n, int r, int p, int length)
    {
        var blockBytes = 128 * r;
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, blockBytes * p);
        var memory = new uint[(long)n * blockBytes / sizeof(uint)];
        for (var index = 0; index < p; index++)
        {
            Mix(blocks.AsSpan(index * blockBytes, blockBytes), memory, n);
        }

        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    // RFC 7914, section 5: scryptROMix.
    private static void Mix(Span<byte> block, uint[] memory, int n)
    {
        var words = block.Length / sizeof(uint);
        var (current, next) = (new uint[words], new uint[words]);
        for (var index = 0; index < words; index++)
        {
            current[index] = BinaryPrimitives.ReadUInt32LittleEndian(block[(index * sizeof(uint))..]);
        }

        for (var index = 0; index < n; index++)
        {
            current.CopyTo(memory.AsSpan(index * words, words));
            MixBlock(current, next);
            (current, next) = (next, current);
        }

        for (var index = 0; index < n; index++)
        {
            var chosen = (int)(current[words - BlockWords] & (uint)(n - 1));
            Exclude(current, memory.AsSpan(chosen * words, words));
            MixBlock(current, next);
            (current, next) = (next, current);
        }

        for (var index = 0; index < words; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block[(index * sizeof(uint))..], current[index]);
        }
    }

    // Section 4: scryptBlockMix. Blocks of even number come first, then those of odd.
    private static void MixBlock(uint[] block, uint[] mixed)
    {
        Span<uint> x = stackalloc uint[BlockWords];
        block.AsSpan(block.Length - BlockWords).CopyTo(x);
        var half = block.Length / 2;
        for (var index = 0; index < block.Length; index += BlockWords)
        {
            Exclude(x, block.AsSpan(index, BlockWords));
            Salsa(x);
            var number = index / BlockWords;
            x.CopyTo(mixed.AsSpan(((number & 1) * half) + ((number >> 1) * BlockWords), BlockWords));
        }
    }

    private static void Exclude(Span<uint> target, ReadOnlySpan<uint> other)
    {
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(target);
        var others = MemoryMarshal.Cast<uint, Vector<uint>>(other);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] ^= others[index];
        }
    }

    // Section 3: eight rounds of Salsa20, alternately over columns and rows.
    private static void Salsa(Span<uint> block)
    {
        Span<uint> x = stackalloc uint[BlockWords];
        block.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        for (var index = 0; index < BlockWords; index++)
        {
            block[index] += x[index];
        }
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
