using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>A key of the template's own. Whoever has its other half verifies the tokens; the instance's key set does not hold it.</summary>
/// <param name="Algorithm">By its name in RFC 7518, section 3.1.</param>
/// <param name="Key">A secret for HMAC; a private key as PEM for the others.</param>
internal sealed record TemplateSigner(string Algorithm, string Key)
{
    private const int LeastRsaBits = 2048;   // RFC 7518, section 3.3

    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new(StringComparer.Ordinal)
    {
        ["256"] = HashAlgorithmName.SHA256,
        ["384"] = HashAlgorithmName.SHA384,
        ["512"] = HashAlgorithmName.SHA512,
    };

    // Section 3.4: each algorithm has its curve, and others of the same size will not do.
    private static readonly Dictionary<string, (string Name, string Oid)> Curves = new(StringComparer.Ordinal)
    {
        ["ES256"] = ("P-256", "1.2.840.10045.3.1.7"),
        ["ES384"] = ("P-384", "1.3.132.0.34"),
        ["ES512"] = ("P-521", "1.3.132.0.35"),
    };

    /// <summary>The algorithms that a template can be signed with.</summary>
    public static IReadOnlyList<string> Algorithms { get; } =
        ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

    /// <summary>What a key of an algorithm must be, in words; null when it is.</summary>
    public static string? Expected(string algorithm, string key) => algorithm[0] switch
    {
        'H' => key.Length > 0 ? null : "a secret",
        'R' => RsaBits(key) >= LeastRsaBits ? null : $"a private RSA key of {LeastRsaBits} bits or more, as PEM",
        _ => CurveOid(key) == Curves[algorithm].Oid ? null : $"a private key on the curve {Curves[algorithm].Name}, as PEM",
    };

    public override string ToString() => $"{Algorithm} ***";

    public byte[] Sign(byte[] content)
    {
        var hash = Hashes[Algorithm[2..]];
        switch (Algorithm[0])
        {
            case 'H':
                return CryptographicOperations.HmacData(hash, Encoding.UTF8.GetBytes(Key), content);
            case 'R':
                using (var rsa = RSA.Create())
                {
                    rsa.ImportFromPem(Key);
                    return rsa.SignData(content, hash, RSASignaturePadding.Pkcs1);
                }

            default:
                using (var curve = ECDsa.Create())
                {
                    curve.ImportFromPem(Key);
                    return curve.SignData(content, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                }
        }
    }

    private static int? RsaBits(string pem)
    {
        using var rsa = RSA.Create();
        return HoldsPrivateKey(rsa, pem) ? rsa.KeySize : null;
    }

    private static string? CurveOid(string pem)
    {
        using var curve = ECDsa.Create();
        return HoldsPrivateKey(curve, pem) ? curve.ExportParameters(includePrivateParameters: false).Curve.Oid.Value : null;
    }

    // A public key is imported as well, and can sign nothing: asking for the private one finds it out.
    private static bool HoldsPrivateKey(AsymmetricAlgorithm algorithm, string pem)
    {
        try
        {
            algorithm.ImportFromPem(pem);
            algorithm.ExportPkcs8PrivateKey();
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
