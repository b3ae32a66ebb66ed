using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Digests of PBKDF2 (RFC 8018), which differ in the hash and in how salt and key are written.</summary>
internal static class Pbkdf2Digests
{
    private const double SecondsARound = 4e-7;
    private const int MostKeyBytes = 1024;
    private const int Sha1KeyBytes = 32;

    /// <summary><c>pbkdf2_sha1$iterations$salt$hash</c> with the hash in hexadecimal, and the key's length behind it unless it is 32.</summary>
    public static ImportedDigest? ReadSha1(string digest) => digest.Split('$') switch
    {
        ["pbkdf2_sha1", var count, var salt, var hash] => ReadSha1(count, salt, hash, Sha1KeyBytes),
        ["pbkdf2_sha1", var count, var salt, var hash, var length] => ReadSha1(count, salt, hash, DigestText.Count(length)),
        _ => null,
    };

    /// <summary>Salt and hash in base64.</summary>
    public static ImportedDigest? ReadSha256(string digest) => digest.Split('$') is ["pbkdf2_sha256", var count, var salt, var hash]
        ? Make(HashAlgorithmName.SHA256, count, DigestText.Base64(salt), DigestText.Base64(hash))
        : null;

    /// <summary>As Django exports it: the salt as it is, the hash in base64.</summary>
    public static ImportedDigest? ReadDjango(string digest) => digest.Split('$') is ["pbkdf2_sha256", var count, var salt, var hash]
        ? Make(HashAlgorithmName.SHA256, count, Encoding.UTF8.GetBytes(salt), DigestText.Base64(hash))
        : null;

    /// <summary>The salt as it is, the hash in hexadecimal.</summary>
    public static ImportedDigest? ReadSha512(string digest) => digest.Split('$') is ["pbkdf2_sha512", var count, var salt, var hash]
        ? Make(HashAlgorithmName.SHA512, count, Encoding.UTF8.GetBytes(salt), DigestText.Hex(hash))
        : null;

    /// <summary>Salt and hash in hexadecimal.</summary>
    public static ImportedDigest? ReadSha512Hex(string digest) => digest.Split('$') is ["pbkdf2_sha512_hex", var count, var salt, var hash]
        ? Make(HashAlgorithmName.SHA512, count, DigestText.Hex(salt), DigestText.Hex(hash))
        : null;

    // A salt that could be hexadecimal is: so Clerk reads it.
    private static ImportedDigest? ReadSha1(string count, string salt, string hash, int? length) =>
        DigestText.Hex(hash) is { } key && key.Length == length
            ? Make(HashAlgorithmName.SHA1, count, DigestText.Hex(salt) ?? Encoding.UTF8.GetBytes(salt), key)
            : null;

    private static ImportedDigest? Make(HashAlgorithmName algorithm, string count, byte[]? salt, byte[]? hash)
    {
        if (DigestText.Count(count) is not { } iterations || salt is null || hash is not { Length: > 0 and <= MostKeyBytes })
        {
            return null;
        }

        var blocks = (hash.Length / SHA1.HashSizeInBytes) + 1;
        return new ImportedDigest(password =>
            DigestText.AreEqual(hash, Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, hash.Length)))
        {
            Seconds = (double)iterations * blocks * SecondsARound,
        };
    }
}
