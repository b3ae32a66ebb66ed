using System.Buffers.Binary;
using System.Numerics;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>BLAKE2b without a key (RFC 7693).</summary>
internal static class Blake2b
{
    public const int MostBytes = 64;

    private const int BlockBytes = 128;
    private const int Rounds = 12;

    private static readonly ulong[] Beginning =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    // Section 2.7: the order in which each round takes the words of the message.
    private static readonly int[][] Orders =
    [
        Order("0123456789ABCDEF"), Order("EA489FD61C02B753"), Order("B8C052FDAE367194"), Order("7931DCBE265A40F8"),
        Order("905724AFE1BC683D"), Order("2C6A0B834D75FE19"), Order("C51FED4A0763928B"), Order("DB7EC13950F4862A"),
        Order("6FE9B308C2D714A5"), Order("A2847615FB9E3CD0"),
    ];

    public static byte[] Hash(ReadOnlySpan<byte> content, int length)
    {
        Span<ulong> state = [.. Beginning];
        state[0] ^= 0x01010000u ^ (uint)length;
        var at = 0;
        while (content.Length - at > BlockBytes)
        {
            Compress(state, content.Slice(at, BlockBytes), at + BlockBytes, isLast: false);
            at += BlockBytes;
        }

        Span<byte> last = stackalloc byte[BlockBytes];
        content[at..].CopyTo(last);
        Compress(state, last, content.Length, isLast: true);

        Span<byte> hash = stackalloc byte[MostBytes];
        for (var index = 0; index < state.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(index * sizeof(ulong))..], state[index]);
        }

        return hash[..length].ToArray();
    }

    private static void Compress(Span<ulong> state, ReadOnlySpan<byte> block, int counted, bool isLast)
    {
        Span<ulong> message = stackalloc ulong[16];
        for (var index = 0; index < message.Length; index++)
        {
            message[index] = BinaryPrimitives.ReadUInt64LittleEndian(block[(index * sizeof(ulong))..]);
        }

        Span<ulong> v = [.. state, .. Beginning];
        v[12] ^= (ulong)counted;
        v[14] = isLast ? ~v[14] : v[14];
        for (var round = 0; round < Rounds; round++)
        {
            var order = Orders[round % Orders.Length];
            for (var index = 0; index < 4; index++)
            {
                Mix(v, index, index + 4, index + 8, index + 12, message[order[2 * index]], message[order[(2 * index) + 1]]);
            }

            for (var index = 0; index < 4; index++)
            {
                Mix(
                    v, index, ((index + 1) % 4) + 4, ((index + 2) % 4) + 8, ((index + 3) % 4) + 12,
                    message[order[(2 * index) + 8]], message[order[(2 * index) + 9]]);
            }
        }

        for (var index = 0; index < state.Length; index++)
        {
            state[index] ^= v[index] ^ v[index + 8];
        }
    }

    private static int[] Order(string digits) => [.. digits.Select(digit => Convert.ToInt32(digit.ToString(), fromBase: 16))];

    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }
}
