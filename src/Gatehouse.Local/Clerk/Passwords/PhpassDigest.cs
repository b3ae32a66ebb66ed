using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The portable digests of phpass: <c>$P$</c> (in phpBB <c>$H$</c>), a digit for the rounds, eight of salt, and 22 of MD5.</summary>
internal static class PhpassDigest
{
    private const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 34;
    private const int RoundsAt = 3;
    private const int SaltEnd = 12;
    private const int LeastRounds = 7;
    private const int MostRounds = 30;
    private const double SecondsARound = 1e-6;

    public static ImportedDigest? Read(string digest)
    {
        if (digest.Length != Length || digest[..RoundsAt] is not ("$P$" or "$H$") || !digest[RoundsAt..].All(Digits.Contains))
        {
            return null;
        }

        var rounds = Digits.IndexOf(digest[RoundsAt], StringComparison.Ordinal);
        var (salt, expected) = (Encoding.ASCII.GetBytes(digest[(RoundsAt + 1)..SaltEnd]), Encoding.ASCII.GetBytes(digest[SaltEnd..]));
        return rounds is < LeastRounds or > MostRounds
            ? null
            : new ImportedDigest(password => DigestText.AreEqual(expected, Encode(Hash(salt, password, 1 << rounds))))
            {
                Seconds = (1 << rounds) * SecondsARound,
            };
    }

    /// <summary>The same of an MD5 in hexadecimal: how plain MD5 digests were made safer without knowing the passwords.</summary>
    public static ImportedDigest? ReadOfMd5(string digest) => Read(digest) is { } read
        ? read with { Matches = password => read.Matches(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HashOnce(password)))) }
        : null;

    private static byte[] Hash(byte[] salt, byte[] password, int count)
    {
        var hash = HashOnce([.. salt, .. password]);
        for (; count > 0; count--)
        {
            hash = HashOnce([.. hash, .. password]);
        }

        return hash;
    }

#pragma warning disable CA5351 // what the digests are made with
    private static byte[] HashOnce(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351

    // Three bytes, the lowest first, are four digits, the lowest first.
    private static byte[] Encode(byte[] hash)
    {
        var text = new StringBuilder();
        for (var index = 0; index < hash.Length; index += 3)
        {
            var left = Math.Min(3, hash.Length - index);
            var value = 0;
            for (var offset = 0; offset < left; offset++)
            {
                value |= hash[index + offset] << (8 * offset);
            }

            for (var digit = 0; digit <= left; digit++)
            {
                text.Append(Digits[(value >> (6 * digit)) & 63]);
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
