using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The hashers whose digests can be compared here, by Clerk's names for them.</summary>
/// <remarks>
/// The forms are those of Clerk's reference of <c>createUser</c>, which gives none for <c>md5_phpass</c> and <c>ldap_ssha</c>: those are
/// read as the programs that make them write them.
/// </remarks>
internal static class PasswordHashers
{
    /// <summary>Asks Amazon about the password: nothing that is here can say whether it is right.</summary>
    public const string Cognito = "awscognito";

    private static readonly FrozenDictionary<string, Func<string, ImportedDigest?>> Readers =
        new Dictionary<string, Func<string, ImportedDigest?>>(StringComparer.Ordinal)
        {
            ["argon2i"] = digest => Argon2Digest.Read(digest, Argon2Kind.I),
            ["argon2id"] = digest => Argon2Digest.Read(digest, Argon2Kind.Id),
            ["bcrypt"] = BcryptDigest.Read,
            ["bcrypt_peppered"] = BcryptDigest.ReadPeppered,
            ["bcrypt_sha256_django"] = BcryptDigest.ReadDjango,
            ["ldap_ssha"] = PlainDigests.ReadLdap,
            ["md5"] = digest => PlainDigests.Read(digest, HashAlgorithmName.MD5),
            ["md5_phpass"] = PhpassDigest.ReadOfMd5,
            ["md5_salted"] = digest => PlainDigests.ReadSalted(digest, HashAlgorithmName.MD5),
            ["pbkdf2_sha1"] = Pbkdf2Digests.ReadSha1,
            ["pbkdf2_sha256"] = Pbkdf2Digests.ReadSha256,
            ["pbkdf2_sha256_django"] = Pbkdf2Digests.ReadDjango,
            ["pbkdf2_sha512"] = Pbkdf2Digests.ReadSha512,
            ["pbkdf2_sha512_hex"] = Pbkdf2Digests.ReadSha512Hex,
            ["phpass"] = PhpassDigest.Read,
            ["scrypt_firebase"] = ScryptDigests.ReadFirebase,
            ["scrypt_werkzeug"] = ScryptDigests.ReadWerkzeug,
            ["sha256"] = digest => PlainDigests.Read(digest, HashAlgorithmName.SHA256),
            ["sha256_salted"] = digest => PlainDigests.ReadSalted(digest, HashAlgorithmName.SHA256),
            ["sha512_symfony"] = PlainDigests.ReadSymfony,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Readers.Keys.Order(StringComparer.Ordinal);

    public static bool Has(string hasher) => Readers.ContainsKey(hasher);

    /// <summary>Null when the digest is not in the form of the hasher's.</summary>
    public static ImportedDigest? Read(string hasher, string digest) => Readers[hasher](digest);

    public static bool Matches(string hasher, string digest, string password) =>
        Read(hasher, digest) is { IsAffordable: true } read && read.Matches(Encoding.UTF8.GetBytes(password));
}
