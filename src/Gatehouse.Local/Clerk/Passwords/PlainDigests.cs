using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Digests that are one hash, or a hash a number of times: MD5, SHA-256, salted SHA-1 of LDAP, SHA-512 of Symfony.</summary>
internal static class PlainDigests
{
    private const int Sha1Length = 20;
    private const double SecondsARound = 2e-6;
    private const string LdapPrefix = "{SSHA}";

    /// <summary>A hash as hexadecimal digits.</summary>
    public static ImportedDigest? Read(string digest, HashAlgorithmName algorithm) =>
        HashOf(digest, algorithm) is { } hash ? new ImportedDigest(password => Matches(algorithm, hash, password)) : null;

    /// <summary>
    /// <c>salt$hash</c>. Clerk does not say on which side of the password the salt was when the hash was made: either will do.
    /// </summary>
    public static ImportedDigest? ReadSalted(string digest, HashAlgorithmName algorithm)
    {
        var end = digest.LastIndexOf('$');
        if (end < 0 || HashOf(digest[(end + 1)..], algorithm) is not { } hash)
        {
            return null;
        }

        var salt = Encoding.UTF8.GetBytes(digest[..end]);
        return new ImportedDigest(password =>
            Matches(algorithm, hash, [.. salt, .. password]) || Matches(algorithm, hash, [.. password, .. salt]));
    }

#pragma warning disable CA5350 // what LDAP directories hold
    /// <summary><c>{SSHA}</c> and, in base64, the SHA-1 of password and salt with the salt behind it (RFC 2307 and its practice).</summary>
    public static ImportedDigest? ReadLdap(string digest)
    {
        if (!digest.StartsWith(LdapPrefix, StringComparison.OrdinalIgnoreCase)
            || DigestText.Base64(digest[LdapPrefix.Length..]) is not { Length: > Sha1Length } bytes)
        {
            return null;
        }

        var (hash, salt) = (bytes[..Sha1Length], bytes[Sha1Length..]);
        return new ImportedDigest(password => DigestText.AreEqual(hash, SHA1.HashData([.. password, .. salt])));
    }
#pragma warning restore CA5350

    /// <summary><c>sha512_symfony$iterations$salt$hash</c>, the hash in base64: Symfony's legacy message digest hasher.</summary>
    public static ImportedDigest? ReadSymfony(string digest)
    {
        if (digest.Split('$') is not ["sha512_symfony", var count, var salt, var text]
            || DigestText.Count(count) is not { } iterations
            || DigestText.Base64(text) is not { Length: SHA512.HashSizeInBytes } hash)
        {
            return null;
        }

        var behind = Encoding.UTF8.GetBytes(salt.Length == 0 ? "" : $"{{{salt}}}");
        return new ImportedDigest(password => DigestText.AreEqual(hash, Repeat([.. password, .. behind], iterations)))
        {
            Seconds = iterations * SecondsARound,
        };
    }

    private static byte[] Repeat(byte[] salted, int iterations)
    {
        var hash = SHA512.HashData(salted);
        for (var round = 1; round < iterations; round++)
        {
            hash = SHA512.HashData([.. hash, .. salted]);
        }

        return hash;
    }

    private static bool Matches(HashAlgorithmName algorithm, byte[] hash, byte[] content) =>
        DigestText.AreEqual(hash, CryptographicOperations.HashData(algorithm, content));

    private static byte[]? HashOf(string text, HashAlgorithmName algorithm) =>
        DigestText.Hex(text) is { } hash && hash.Length == (algorithm == HashAlgorithmName.MD5 ? MD5.HashSizeInBytes : SHA256.HashSizeInBytes)
            ? hash
            : null;
}
