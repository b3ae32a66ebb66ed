using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>One public key of an issuer, and the one algorithm that it may be used with.</summary>
/// <remarks>
/// The algorithm is the key's and never the token's (RFC 8725, section 3.1). Safe for any number of threads: a platform key only holds
/// numbers, and each verification makes its own context.
/// </remarks>
public sealed class SigningKey
{
    /// <summary>The smallest modulus that is taken, in bits (RFC 7518, section 3.3).</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>The largest, in bits: a verification of more would let whoever publishes the key spend our time.</summary>
    public const int MaximumRsaBits = 8192;

    private const int P256Bytes = 32;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private SigningKey(string keyId, RSA rsa) : this(keyId, rsa, HeaderAlgorithm.RS256, (rsa.KeySize + 7) / 8) => _rsa = rsa;

    private SigningKey(string keyId, ECDsa ecdsa) : this(keyId, ecdsa, HeaderAlgorithm.ES256, 2 * P256Bytes) => _ecdsa = ecdsa;

    private SigningKey(string keyId, AsymmetricAlgorithm key, HeaderAlgorithm algorithm, int signatureLength)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        SignatureLength = signatureLength;
        Thumbprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        IsPublished = PublishedKeys.IsSigningKey(Thumbprint);
    }

    /// <summary>The key's id, which tokens name as <c>kid</c>. At Clerk it is the instance's id.</summary>
    public string KeyId { get; }

    /// <summary>SHA-256 of the key's SubjectPublicKeyInfo, in lower-case hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>Whether this is the key of the local services, whose private half is published.</summary>
    public bool IsPublished { get; }

    internal HeaderAlgorithm Algorithm { get; }

    internal int SignatureLength { get; }

    /// <summary>A key from the members of a JWK (RFC 7517).</summary>
    /// <returns>False for a modulus outside the bounds, an even one, or an exponent that is even or below 65537.</returns>
    public static bool TryCreate(string keyId, RSAParameters parameters, [NotNullWhen(true)] out SigningKey? key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        key = null;
        if (!IsUsable(parameters))
        {
            return false;
        }

        RSA? rsa = null;
        try
        {
            rsa = RSA.Create(new RSAParameters { Modulus = parameters.Modulus, Exponent = parameters.Exponent });
            key = new SigningKey(keyId, rsa);
            return true;
        }
        catch (CryptographicException)
        {
            rsa?.Dispose();   // numbers that the platform takes for no key: unusable, as the caller is told
            return false;
        }
    }

    /// <summary>An ES256 key from the coordinates of a JWK (RFC 7518, section 6.2).</summary>
    /// <returns>False unless they are 32 bytes each and a point of the curve P-256.</returns>
    public static bool TryCreate(string keyId, ECPoint point, [NotNullWhen(true)] out SigningKey? key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        key = null;
        if (point is not { X.Length: P256Bytes, Y.Length: P256Bytes })
        {
            return false;
        }

        ECDsa? ecdsa = null;
        try
        {
            ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            key = new SigningKey(keyId, ecdsa);
            return true;
        }
        catch (CryptographicException)
        {
            ecdsa?.Dispose();   // not on the curve: unusable, as the caller is told
            return false;
        }
    }

    /// <summary>
    /// A key from PEM text: a public key (SubjectPublicKeyInfo or PKCS#1), with or without its lines broken. Of an unencrypted private key
    /// only the public half is kept.
    /// </summary>
    /// <returns>False for anything else, and for a key outside the bounds.</returns>
    public static bool TryCreateFromPem(string keyId, string pem, [NotNullWhen(true)] out SigningKey? key)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(pem);
        key = null;
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(Armor(pem));
        }
        catch (Exception refused) when (refused is ArgumentException or CryptographicException)
        {
            return false;
        }

        return TryCreate(keyId, rsa.ExportParameters(includePrivateParameters: false), out key);
    }

    internal bool Verify(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength
        && (_rsa is not null
            ? _rsa.VerifyHash(sha256, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : _ecdsa!.VerifyHash(sha256, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    private static bool IsUsable(RSAParameters parameters)
    {
        var modulus = TrimZeros(parameters.Modulus);
        var exponent = TrimZeros(parameters.Exponent);
        if (modulus.IsEmpty || exponent.Length is 0 or > 8)
        {
            return false;
        }

        var bits = (modulus.Length * 8) - int.CreateChecked(byte.LeadingZeroCount(modulus[0]));
        var e = exponent.ToArray().Aggregate(0UL, (value, next) => (value << 8) | next);
        return bits is >= MinimumRsaBits and <= MaximumRsaBits && (modulus[^1] & 1) == 1 && e >= 65537 && (e & 1) == 1;
    }

    private static ReadOnlySpan<byte> TrimZeros(byte[]? number) => number.AsSpan().TrimStart((byte)0);

    // Environment variables carry the key with literal \n, or as the bare base64 body: Clerk's dashboard offers both.
    private static string Armor(string pem)
    {
        var text = pem.Replace("\\n", "\n", StringComparison.Ordinal).Trim();
        return text.Contains("-----BEGIN", StringComparison.Ordinal)
            ? text
            : $"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----";
    }
}
