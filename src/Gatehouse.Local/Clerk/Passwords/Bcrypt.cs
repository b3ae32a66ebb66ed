using System.Buffers.Binary;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The hash of bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999), over a Blowfish of its own.</summary>
internal sealed class Bcrypt
{
    public const int SaltBytes = 16;
    public const int HashBytes = 23;   // of 24: the last was always left out

    private const int Rounds = 16;
    private const int BoxWords = 256;
    private const int KeyWords = Rounds + 2;
    private const int MostKeyBytes = KeyWords * sizeof(uint);

    private static readonly Lazy<uint[]> Beginning = new(() => PiDigits.Words(KeyWords + (4 * BoxWords)));

    private readonly uint[] _state = [.. Beginning.Value];   // the words of the key schedule, then the four boxes

    private Bcrypt() { }

    /// <param name="password">With the zero byte that ends it. What exceeds 72 bytes has no part in the hash.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="cost">The logarithm of the number of rounds.</param>
    public static byte[] Hash(byte[] password, byte[] salt, int cost)
    {
        var key = password.AsSpan(0, Math.Min(password.Length, MostKeyBytes));
        var cipher = new Bcrypt();
        cipher.Expand(key, salt);
        for (var round = 1L << cost; round > 0; round--)
        {
            cipher.Expand(key, []);
            cipher.Expand(salt, []);
        }

        return cipher.Encrypt("OrpheanBeholderScryDoubt"u8);
    }

    private byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        var hash = text.ToArray();
        for (var block = 0; block < hash.Length; block += sizeof(ulong))
        {
            var at = hash.AsSpan(block);
            var (left, right) = (BinaryPrimitives.ReadUInt32BigEndian(at), BinaryPrimitives.ReadUInt32BigEndian(at[sizeof(uint)..]));
            for (var time = 0; time < 64; time++)
            {
                (left, right) = Encrypt(left, right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(at, left);
            BinaryPrimitives.WriteUInt32BigEndian(at[sizeof(uint)..], right);
        }

        return hash[..HashBytes];
    }

    private void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        var at = 0;
        for (var index = 0; index < KeyWords; index++)
        {
            _state[index] ^= Next(key, ref at);
        }

        var (left, right, salted) = (0u, 0u, 0);
        for (var index = 0; index < _state.Length; index += 2)
        {
            if (salt.Length > 0)
            {
                left ^= Next(salt, ref salted);
                right ^= Next(salt, ref salted);
            }

            (left, right) = Encrypt(left, right);
            (_state[index], _state[index + 1]) = (left, right);
        }
    }

    private (uint Left, uint Right) Encrypt(uint left, uint right)
    {
        var state = _state;
        var first = state.AsSpan(KeyWords, BoxWords);
        var second = state.AsSpan(KeyWords + BoxWords, BoxWords);
        var third = state.AsSpan(KeyWords + (2 * BoxWords), BoxWords);
        var fourth = state.AsSpan(KeyWords + (3 * BoxWords), BoxWords);
        for (var round = 0; round < Rounds; round++)
        {
            left ^= state[round];
            right ^= ((first[(int)(left >> 24)] + second[(byte)(left >> 16)]) ^ third[(byte)(left >> 8)]) + fourth[(byte)left];
            (left, right) = (right, left);
        }

        return (right ^ state[Rounds + 1], left ^ state[Rounds]);
    }

    // The next four bytes of what is read round and round.
    private static uint Next(ReadOnlySpan<byte> bytes, ref int at)
    {
        var word = 0u;
        for (var index = 0; index < sizeof(uint); index++)
        {
            word = (word << 8) | bytes[at];
            at = (at + 1) % bytes.Length;
        }

        return word;
    }
}
