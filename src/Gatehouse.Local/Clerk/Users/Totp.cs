using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The codes of authenticator apps: RFC 6238 with SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    public const int Digits = 6;

    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;
    private const int BitsOfLetter = 5;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static bool IsSecret(string base32) => Decode(base32) is { Length: > 0 };

    /// <summary>Whether a code is that of now, or of one step before or after.</summary>
    public static bool Matches(string base32, string code, long nowSeconds)
    {
        var key = Decode(base32) ?? [];
        var step = nowSeconds / StepSeconds;
        return new[] { step - 1, step, step + 1 }.Any(candidate => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(CodeAt(key, candidate)), Encoding.UTF8.GetBytes(code)));
    }

#pragma warning disable CA5350 // every authenticator app has SHA-1
    private static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(key, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[]? Decode(string base32)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var letter in base32.TrimEnd('='))
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            buffer = ((buffer << BitsOfLetter) | value) & 0xfff;
            bits += BitsOfLetter;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
