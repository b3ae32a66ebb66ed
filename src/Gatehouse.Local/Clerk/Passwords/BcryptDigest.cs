using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Digests of bcrypt: <c>$2b$</c>, the cost, and in an alphabet of their own 22 digits of salt and 31 of hash.</summary>
internal static partial class BcryptDigest
{
    private const string Digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string DjangoPrefix = "bcrypt_sha256$";
    private const double SecondsAtCostZero = 1.5e-4;

    public static ImportedDigest? Read(string digest) => Read(digest, password => password);

    /// <summary>As Django exports it: of the SHA-256 of the password in hexadecimal.</summary>
    public static ImportedDigest? ReadDjango(string digest) => digest.StartsWith(DjangoPrefix, StringComparison.Ordinal)
        ? Read(digest[DjangoPrefix.Length..], password => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password))))
        : null;

    /// <summary>With <c>$</c> and a pepper behind it, which was put behind the password.</summary>
    public static ImportedDigest? ReadPeppered(string digest) => Peppered.Match(digest) is { Success: true } match
        ? Read(match.Groups["digest"].Value, password => [.. password, .. Encoding.UTF8.GetBytes(match.Groups["pepper"].Value)])
        : null;

    private static ImportedDigest? Read(string digest, Func<byte[], byte[]> prepare)
    {
        if (!Pattern.IsMatch(digest) || DigestText.Count(digest[4..6].TrimStart('0')) is not (>= 4 and <= 31 and var cost))
        {
            return null;
        }

        var (salt, hash) = (Decode(digest[7..29], Bcrypt.SaltBytes), Decode(digest[29..], Bcrypt.HashBytes));
        return new ImportedDigest(password => DigestText.AreEqual(hash, Bcrypt.Hash([.. prepare(password), 0], salt, cost)))
        {
            Seconds = Math.Pow(2, cost) * SecondsAtCostZero,
        };
    }

    private static byte[] Decode(string text, int length)
    {
        var bytes = new byte[length];
        var (buffer, bits, written) = (0, 0, 0);
        foreach (var digit in text)
        {
            buffer = ((buffer << 6) | Digits.IndexOf(digit, StringComparison.Ordinal)) & 0xffff;
            bits += 6;
            if (bits >= 8 && written < length)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits);
            }
        }

        return bytes;
    }

    [GeneratedRegex(@"\A\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(
        @"\A(?<digest>\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53})\$(?<pepper>.+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Peppered { get; }
}
