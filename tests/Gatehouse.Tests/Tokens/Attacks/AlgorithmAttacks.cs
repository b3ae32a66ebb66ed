using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// The token names how its signature is to be read (RFC 8725, sections 2.1, 2.2, 3.1 and 3.2, and the lists of its successor). The
/// algorithm is the key's: there is no secret that could be taken for one, and no algorithm to talk the verifier into.
/// </summary>
public sealed class AlgorithmAttacks
{
    public static TheoryData<string> NamesOfNone => ["none", "None", "NONE", "nOnE", "noNE", "none ", " none", "none\0", "null", "", "nоne"];

    public static TheoryData<string> Disguises => [.. PublicKeyForms().Keys];

    public static TheoryData<string> CurveDisguises => [.. CurveKeyForms().Keys];

    // CVE-2015-9235 (jsonwebtoken); RFC 8725, section 2.1; its successor adds the games with upper and lower case.
    [Theory]
    [MemberData(nameof(NamesOfNone))]
    public async Task A_token_that_says_it_is_not_signed_is_refused_in_any_spelling(string none)
    {
        var gate = new Gate();
        var signed = gate.Forge.Session(header: header => header["alg"] = none);
        foreach (var token in new[] { signed, Crafted.Signed(signed) + ".", Crafted.Signed(signed) + ".AA" })
        {
            Assert.Equal(TokenFailure.Algorithm, await gate.RefusalAsync(token));
        }
    }

    [Theory]
    [InlineData("""{"alg":null,"kid":"KID"}""", TokenFailure.Malformed)]
    [InlineData("""{"alg":["none"],"kid":"KID"}""", TokenFailure.Malformed)]
    [InlineData("""{"alg":{},"kid":"KID"}""", TokenFailure.Malformed)]
    [InlineData("""{"alg":false,"kid":"KID"}""", TokenFailure.Malformed)]
    [InlineData("""{"kid":"KID"}""", TokenFailure.Algorithm)]
    [InlineData("""{"Alg":"RS256","kid":"KID"}""", TokenFailure.Algorithm)]
    [InlineData("""{"alg ":"RS256","kid":"KID"}""", TokenFailure.Algorithm)]
    public async Task An_algorithm_of_another_type_or_name_is_none(string header, TokenFailure expected)
    {
        var gate = new Gate();
        var token = gate.Forge.Sign(header.Replace("KID", gate.Forge.KeyId, StringComparison.Ordinal), gate.Forge.SessionClaims().ToJsonString());
        Assert.Equal(expected, await gate.RefusalAsync(token));
    }

    // CVE-2015-9235; CVE-2023-48223 (fast-jwt: the key's PEM in its PKCS#1 form) and CVE-2026-34950 (with a space before it).
    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task The_public_RSA_key_is_no_secret_in_any_of_its_forms(string form)
    {
        var forge = new TokenForge(new TestClock());
        foreach (var gate in new[] { new Gate(), new Gate(own => new TokenIssuer(own.IssuerName, FixedKeySource.FromPem(own.PublicPem))) })
        {
            foreach (var algorithm in new[] { "HS256", "HS384", "HS512" })
            {
                var token = Crafted.Mac(algorithm, PublicKeyForms()[form], forge.Header(), forge.SessionClaims());
                Assert.Equal(TokenFailure.Algorithm, await gate.RefusalAsync(token));
            }
        }
    }

    // CVE-2024-33663 (python-jose: keys of the OpenSSH kind, and of curves, were taken for secrets).
    [Theory]
    [MemberData(nameof(CurveDisguises))]
    public async Task The_public_curve_key_is_no_secret_in_any_of_its_forms(string form)
    {
        var foreign = new ForeignIssuer(new TestClock());
        foreach (var algorithm in new[] { "HS256", "HS384", "HS512" })
        {
            var header = ForeignIssuer.Header(algorithm, ForeignIssuer.EcKeyId);
            var token = Crafted.Mac(algorithm, CurveKeyForms()[form], header, foreign.Claims());
            Assert.Equal(TokenFailure.Algorithm, await RefusalAtForeignDoorAsync(token));
        }
    }

    // CVE-2026-22817 (Hono): where the key of the set does not name an algorithm, the token's was taken.
    [Fact]
    public async Task A_key_that_names_no_algorithm_still_has_only_one()
    {
        using var rsa = RSA.Create(2048);
        var jwk = Jwks.Key("bare", rsa.ExportParameters(includePrivateParameters: false));
        jwk.Remove("alg");
        jwk.Remove("use");
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, new FixedKeySource(Jwks.Of(jwk))));

        foreach (var (algorithm, hash, padding, expected) in Signatures)
        {
            var header = new JsonObject { ["alg"] = algorithm, ["kid"] = "bare", ["typ"] = "JWT" };
            var token = ForeignIssuer.Sign(header.ToJsonString(), gate.Forge.SessionClaims().ToJsonString(), signed => rsa.SignData(signed, hash, padding));
            Assert.Equal((algorithm, expected), (algorithm, await gate.RefusalAsync(token)));
        }

        var secret = Encoding.UTF8.GetBytes(jwk.ToJsonString());
        Assert.Equal(
            TokenFailure.Algorithm,
            await gate.RefusalAsync(Crafted.Mac("HS256", secret, new JsonObject { ["kid"] = "bare" }, gate.Forge.SessionClaims())));
    }

    // RFC 8725, section 3.1: one key, one algorithm; a signature in another that is good by itself counts for nothing.
    [Fact]
    public async Task Each_key_of_a_foreign_set_is_used_with_its_own_algorithm_only()
    {
        var foreign = new ForeignIssuer(new TestClock());
        Assert.Null(await RefusalAtForeignDoorAsync(foreign.Rs256()));
        Assert.Null(await RefusalAtForeignDoorAsync(foreign.Es256()));
        Assert.Equal(TokenFailure.Algorithm, await RefusalAtForeignDoorAsync(foreign.Rs256(header: header => header["alg"] = "ES256")));
        Assert.Equal(TokenFailure.Algorithm, await RefusalAtForeignDoorAsync(foreign.Es256(header: header => header["alg"] = "RS256")));
        Assert.Equal(TokenFailure.Signature, await RefusalAtForeignDoorAsync(foreign.Rs256(header: header =>
        {
            header["alg"] = "ES256";
            header["kid"] = ForeignIssuer.EcKeyId;
        })));
        Assert.Equal(TokenFailure.Signature, await RefusalAtForeignDoorAsync(foreign.Es256(header: header =>
        {
            header["alg"] = "RS256";
            header["kid"] = ForeignIssuer.RsaKeyId;
        })));
    }

    // RFC 9864 and RFC 8037: names that did not exist when the list of allowed ones was written are not on it.
    [Theory]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    [InlineData("ES256K")]
    [InlineData("ES384")]
    [InlineData("PS512")]
    [InlineData("ML-DSA-44")]
    [InlineData("RSA1_5")]
    [InlineData("dir")]
    [InlineData("PBES2-HS256+A128KW")]
    [InlineData("RS256,none")]
    [InlineData("RS256\n")]
    [InlineData("ＲＳ２５６")]
    [InlineData("rS256")]
    [InlineData("RS256RS256")]
    [InlineData("SHA256withRSA")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")]
    public async Task An_algorithm_that_is_not_on_the_list_is_refused_before_a_key_is_looked_for(string algorithm)
    {
        RecordingKeySource? asked = null;
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, asked = new RecordingKeySource(forge.Keys.Find)));
        Assert.Equal(TokenFailure.Algorithm, await gate.RefusalAsync(gate.Forge.Session(header: header => header["alg"] = algorithm)));
        Assert.Empty(asked!.Asked);
    }

    private static (string Algorithm, HashAlgorithmName Hash, RSASignaturePadding Padding, TokenFailure? Expected)[] Signatures =>
    [
        ("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        ("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, TokenFailure.Signature),
        ("RS256", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, TokenFailure.Signature),
        ("RS256", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, TokenFailure.Signature),
        ("RS256", HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1, TokenFailure.Signature),
        ("RS256", HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1, TokenFailure.Signature),
        ("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, TokenFailure.Algorithm),
        ("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, TokenFailure.Algorithm),
        ("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, TokenFailure.Algorithm),
        ("RS1", HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1, TokenFailure.Algorithm),
    ];

    private static Dictionary<string, byte[]> PublicKeyForms()
    {
        var forge = new TokenForge(new TestClock());
        using var rsa = RSA.Create();
        rsa.ImportFromPem(forge.PublicPem);
        var pem = forge.PublicPem;
        return new Dictionary<string, byte[]>
        {
            ["PEM"] = Encoding.UTF8.GetBytes(pem),
            ["PEM with a last line break"] = Encoding.UTF8.GetBytes(pem + "\n"),
            ["PEM with a space before it"] = Encoding.UTF8.GetBytes(" " + pem),
            ["PEM with Windows line breaks"] = Encoding.UTF8.GetBytes(pem.ReplaceLineEndings("\r\n")),
            ["PEM on one line"] = Encoding.UTF8.GetBytes(pem.ReplaceLineEndings("\\n")),
            ["PEM without its first and last line"] = Encoding.UTF8.GetBytes(string.Concat(pem.Split('\n')[1..^1])),
            ["PEM of PKCS#1"] = Encoding.UTF8.GetBytes(rsa.ExportRSAPublicKeyPem()),
            ["PEM of PKCS#1 with a space before it"] = Encoding.UTF8.GetBytes(" " + rsa.ExportRSAPublicKeyPem()),
            ["DER"] = rsa.ExportSubjectPublicKeyInfo(),
            ["DER of PKCS#1"] = rsa.ExportRSAPublicKey(),
            ["modulus"] = rsa.ExportParameters(includePrivateParameters: false).Modulus!,
            ["modulus in base64url"] = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(rsa.ExportParameters(includePrivateParameters: false).Modulus)),
            ["key set"] = Encoding.UTF8.GetBytes(forge.Jwks),
            ["JWK"] = Encoding.UTF8.GetBytes(JsonNode.Parse(forge.Jwks)!["keys"]![0]!.ToJsonString()),
            ["key id"] = Encoding.UTF8.GetBytes(forge.KeyId),
            ["nothing"] = [],
        };
    }

    private static Dictionary<string, byte[]> CurveKeyForms()
    {
        var point = ForeignIssuer.Ec.ExportParameters(includePrivateParameters: false).Q;
        byte[] uncompressed = [4, .. point.X!, .. point.Y!];
        byte[] openSsh = [0, 0, 0, 19, .. "ecdsa-sha2-nistp256"u8, 0, 0, 0, 8, .. "nistp256"u8, 0, 0, 0, 65, .. uncompressed];
        return new Dictionary<string, byte[]>
        {
            ["PEM"] = Encoding.UTF8.GetBytes(ForeignIssuer.Ec.ExportSubjectPublicKeyInfoPem()),
            ["DER"] = ForeignIssuer.Ec.ExportSubjectPublicKeyInfo(),
            ["OpenSSH"] = Encoding.UTF8.GetBytes($"ecdsa-sha2-nistp256 {Convert.ToBase64String(openSsh)}"),
            ["OpenSSH with a comment"] = Encoding.UTF8.GetBytes($"ecdsa-sha2-nistp256 {Convert.ToBase64String(openSsh)} key@example\n"),
            ["point"] = uncompressed,
            ["x"] = point.X!,
            ["JWK"] = Encoding.UTF8.GetBytes(ForeignIssuer.EcJwk.ToJsonString()),
        };
    }

    private static async Task<TokenFailure?> RefusalAtForeignDoorAsync(string token)
    {
        var result = await new TokenVerifier([ForeignIssuer.Issuer], new TestClock()).VerifyAsync(token, ForeignIssuer.Door, CancellationToken.None);
        return result.Succeeded ? null : result.Failure;
    }
}
