using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Digests of scrypt, as Firebase and Werkzeug make them.</summary>
internal static class ScryptDigests
{
    private const int KeyBytes = 64;
    private const int AesKeyBytes = 32;
    private const int MostLog = 24;
    private const int MostFactor = 1024;
    private const double SecondsABlock = 1e-6;   // of r, in one of n rounds

    /// <summary><c>scrypt:n:r:p$salt$hash</c>: the salt as it is, the hash in hexadecimal, as Werkzeug writes it, or in base64.</summary>
    public static ImportedDigest? ReadWerkzeug(string digest)
    {
        if (digest.TrimStart('$').Split('$') is not [var method, var salt, var text]
            || method.Split(':') is not ["scrypt", var n, var r, var p]
            || (DigestText.Hex(text) ?? DigestText.Base64(text)) is not { Length: KeyBytes } hash)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(salt);
        return Make(DigestText.Count(n), DigestText.Count(r), DigestText.Count(p), (password, times, size, lanes) =>
            DigestText.AreEqual(hash, Scrypt.Derive(password, bytes, times, size, lanes, KeyBytes)));
    }

    /// <summary>
    /// <c>hash$salt$signer key$salt separator$rounds$memory cost</c>, all but the numbers in base64: the project's signer key, encrypted
    /// with AES in counter mode under a key that scrypt makes of the password.
    /// </summary>
    public static ImportedDigest? ReadFirebase(string digest)
    {
        if (digest.Split('$') is not [var text, var saltText, var signerText, var separatorText, var rounds, var cost]
            || DigestText.Base64(text) is not { Length: > 0 } hash
            || DigestText.Base64(saltText) is not { } salt
            || DigestText.Base64(signerText) is not { } signer
            || DigestText.Base64(separatorText) is not { } separator
            || signer.Length != hash.Length
            || DigestText.Count(cost) is not (<= MostLog and var log))
        {
            return null;
        }

        return Make(1 << log, DigestText.Count(rounds), 1, (password, times, size, lanes) => DigestText.AreEqual(
            hash, Encrypt(Scrypt.Derive(password, [.. salt, .. separator], times, size, lanes, AesKeyBytes), signer)));
    }

    private static ImportedDigest? Make(int? n, int? r, int? p, Func<byte[], int, int, int, bool> matches) =>
        n is not (> 1 and <= 1 << MostLog and var times) || !BitOperations.IsPow2(times)
        || r is not (<= MostFactor and var size) || p is not (<= MostFactor and var lanes)
            ? null
            : new ImportedDigest(password => matches(password, times, size, lanes))
            {
                Seconds = (double)times * size * lanes * SecondsABlock,
                Memory = 128.0 * size * (times + lanes),
            };

#pragma warning disable CA5358 // counter mode is made of it: each block that is encrypted is a number that occurs once
    private static byte[] Encrypt(byte[] key, byte[] text)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var encrypted = text.ToArray();
        Span<byte> counter = stackalloc byte[16];
        for (var index = 0; index < text.Length; index += counter.Length)
        {
            BinaryPrimitives.WriteInt64BigEndian(counter[sizeof(long)..], index / counter.Length);
            var stream = aes.EncryptEcb(counter, PaddingMode.None);
            for (var offset = 0; offset < stream.Length && index + offset < text.Length; offset++)
            {
                encrypted[index + offset] ^= stream[offset];
            }
        }

        return encrypted;
    }
#pragma warning restore CA5358
}
