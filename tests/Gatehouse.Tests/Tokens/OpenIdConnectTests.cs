using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gatehouse.Access;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>A configured issuer that is no Clerk instance (OpenID Connect; RFC 7518, section 3.4; RFC 9068).</summary>
public sealed class OpenIdConnectTests
{
    private readonly TestClock _clock = new();
    private readonly ForeignIssuer _foreign;

    public OpenIdConnectTests() => _foreign = new ForeignIssuer(_clock);

    public static TheoryData<string> BadKeys => [.. Bad().Keys];

    [Fact]
    public async Task Keys_of_both_kinds_in_one_set_verify()
    {
        foreach (var token in new[] { _foreign.Rs256(), _foreign.Es256(), _foreign.Rs256(header: AccessToken), _foreign.Es256(header: AccessToken) })
        {
            var claims = await ClaimsAsync(token);
            Assert.Equal((TokenClass.OAuth, ForeignIssuer.Name, ForeignIssuer.Subject), (claims.Class, claims.Issuer, claims.Subject));
            Assert.Equal(["read:things", "write:things"], claims.Scopes);
        }

        static void AccessToken(JsonObject header) => header["typ"] = "at+jwt";
    }

    // RFC 7517, section 5: keys of a kind that is not known, or that are not usable, are passed over.
    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task One_bad_key_is_dropped_and_the_others_serve(string row)
    {
        var verifier = new TokenVerifier([ForeignIssuer.With(Jwks.Of(Bad()[row], ForeignIssuer.RsaJwk, ForeignIssuer.EcJwk))], _clock);
        Assert.Null(await RefusalAsync(_foreign.Rs256(), verifier: verifier));
        Assert.Null(await RefusalAsync(_foreign.Es256(), verifier: verifier));
        Assert.Equal(TokenFailure.KeyUnusable, await RefusalAsync(_foreign.Rs256(header: header => header["kid"] = "bad"), verifier: verifier));
        Assert.Equal(TokenFailure.KeyUnusable, await RefusalAsync(_foreign.Es256(header: header => header["kid"] = "bad"), verifier: verifier));
    }

    [Fact]
    public async Task A_signature_of_another_curve_is_none_of_ours()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var header = ForeignIssuer.Header("ES256", ForeignIssuer.EcKeyId).ToJsonString();
        var token = ForeignIssuer.Sign(header, _foreign.Claims().ToJsonString(), signed => curve.SignData(signed, HashAlgorithmName.SHA256));
        Assert.Equal(TokenFailure.Signature, await RefusalAsync(token));
        Assert.Equal(TokenFailure.Algorithm, await RefusalAsync(_foreign.Es256(header: header => header["alg"] = "ES384")));
    }

    [Fact]
    public async Task A_Clerk_instance_has_no_ES256_whatever_its_key_set_holds()
    {
        var forge = new TokenForge(_clock);
        RecordingKeySource? asked = null;
        var keys = Jwks.Of(ForeignIssuer.EcJwk, JsonNode.Parse(forge.Jwks)!["keys"]![0]!.DeepClone());
        var verifier = new TokenVerifier([forge.Issuer with { Keys = asked = new RecordingKeySource(keys.Find) }], _clock);
        var header = ForeignIssuer.Header("ES256", ForeignIssuer.EcKeyId).ToJsonString();
        var token = ForeignIssuer.Sign(header, forge.SessionClaims().ToJsonString(), ForeignIssuer.EcSignature);

        Assert.Equal(TokenFailure.Algorithm, await RefusalAsync(token, Gate.Open, verifier));
        Assert.Empty(asked.Asked);
        Assert.Equal(TokenFailure.Algorithm, await RefusalAsync(forge.Session(header: header => header["kid"] = ForeignIssuer.EcKeyId), Gate.Open, verifier));
        Assert.Null(await RefusalAsync(forge.Session(), Gate.Open, verifier));
    }

    // RFC 8725, section 3.9: an issuer's tokens are made for everybody who trusts it.
    [Theory]
    [InlineData("\"https://api.example.com\"", true)]
    [InlineData("[\"https://else.example.com\",\"https://api.example.com\"]", true)]
    [InlineData("\"https://else.example.com\"", false)]
    [InlineData("[]", false)]
    [InlineData("\"\"", false)]
    [InlineData(null, false)]
    public async Task A_foreign_token_enters_only_for_an_audience_of_ours(string? audience, bool named)
    {
        var token = _foreign.Rs256(claims =>
        {
            claims.Remove("aud");
            if (audience is not null)
            {
                claims["aud"] = JsonNode.Parse(audience);
            }
        });
        Assert.Equal<TokenFailure?>(named ? null : TokenFailure.Audience, await RefusalAsync(token));
        Assert.Equal(TokenFailure.Audience, await RefusalAsync(token, ForeignIssuer.Door with { Audiences = [] }));
        Assert.Equal(TokenFailure.Audience, await RefusalAsync(token, Gate.Open));
    }

    [Theory]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("00u1a2b3c4d5e6f7g8h9")]
    [InlineData("ada@example.org")]
    [InlineData("CN=Ada, O=Example")]
    [InlineData("f:8a9b:ada lovelace")]
    [InlineData("användare-😀")]
    [InlineData("user_2TestPerson0000000000000001")]
    [InlineData("mch_2TestSender0000000000000001")]
    [InlineData("org_2Acme")]
    [InlineData(" ")]
    [InlineData("0")]
    public async Task A_foreign_subject_is_any_text_and_stays_what_it_is(string subject)
    {
        var claims = await ClaimsAsync(_foreign.Es256(claims => claims["sub"] = subject));
        Assert.Equal((TokenClass.OAuth, subject), (claims.Class, claims.Subject));
        Assert.Equal(RoleDecision.Of(null), new RoleRules { MachineRoles = Machines(subject), TrustTemplateRole = true }.Decide(claims));
    }

    [Theory]
    [InlineData("\"\"", TokenFailure.Class)]
    [InlineData("null", TokenFailure.Malformed)]
    [InlineData("7", TokenFailure.Malformed)]
    [InlineData("[\"x\"]", TokenFailure.Malformed)]
    public async Task A_foreign_token_without_a_subject_is_nobodys(string subject, TokenFailure expected)
    {
        Assert.Equal(expected, await RefusalAsync(_foreign.Rs256(claims => claims["sub"] = JsonNode.Parse(subject))));
        Assert.Equal(TokenFailure.Malformed, await RefusalAsync(_foreign.Rs256(claims => claims.Remove("sub"))));
    }

    [Fact]
    public async Task A_foreign_token_is_of_no_class_but_OAuth()
    {
        foreach (var token in Disguised())
        {
            for (var classes = 0; classes < 64; classes++)
            {
                var entrance = ForeignIssuer.Door with { Classes = (TokenClass)classes, MachineId = TokenForge.ReceiverId };
                TokenFailure? expected = entrance.Classes.HasFlag(TokenClass.OAuth) ? null : TokenFailure.Class;
                Assert.Equal((classes, expected), (classes, await RefusalAsync(token, entrance)));
            }
        }
    }

    [Theory]
    [InlineData(TokenForge.SessionCategory)]
    [InlineData(TokenForge.TemplateCategory)]
    [InlineData(TokenForge.M2MCategory)]
    [InlineData(TokenForge.IgnoreCategory)]
    public async Task A_foreign_token_under_a_category_of_Clerks_is_of_none(string category) =>
        Assert.Equal(TokenFailure.Class, await RefusalAsync(_foreign.Rs256(header: header => header["cat"] = category)));

    [Fact]
    public async Task A_foreign_token_has_an_age_and_an_end()
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(TokenFailure.Lifetime, await RefusalAsync(_foreign.Rs256(claims => claims.Remove("iat"))));
        Assert.Equal(TokenFailure.Lifetime, await RefusalAsync(_foreign.Rs256(claims => claims["exp"] = now + 86_401)));
        Assert.Null(await RefusalAsync(_foreign.Rs256(claims => claims["exp"] = now + 86_400)));
        Assert.Equal(TokenFailure.Expired, await RefusalAsync(_foreign.Rs256(claims => claims["exp"] = now - 5)));
        Assert.Equal(TokenFailure.Malformed, await RefusalAsync(_foreign.Rs256(claims => claims.Remove("exp"))));
    }

    [Theory]
    [InlineData("sid", "\"sess_2TestSession000000000000001\"")]
    [InlineData("sid", "7")]
    [InlineData("sid", "null")]
    [InlineData("scopes", "null")]
    [InlineData("scopes", "{\"mch_2TestReceiver00000000000001\":true}")]
    [InlineData("scopes", "\"mch_2TestReceiver00000000000001\"")]
    [InlineData("v", "\"two\"")]
    [InlineData("v", "2")]
    [InlineData("o", "\"an organization\"")]
    [InlineData("o", "{\"id\":\"org_2Acme\",\"rol\":\"admin\",\"per\":\"read\",\"fpm\":\"1\"}")]
    [InlineData("fea", "[\"o:billing\"]")]
    [InlineData("pla", "7")]
    [InlineData("sts", "\"pending\"")]
    [InlineData("sts", "null")]
    [InlineData("fva", "\"never\"")]
    [InlineData("fva", "[0,0]")]
    [InlineData("act", "\"somebody\"")]
    [InlineData("handshake", "[]")]
    [InlineData("org_id", "7")]
    [InlineData("org_permissions", "\"org:billing:read\"")]
    public async Task Clerks_claim_names_mean_nothing_in_a_foreign_token(string claim, string value)
    {
        var claims = await ClaimsAsync(_foreign.Rs256(claims => claims[claim] = JsonNode.Parse(value)));

        Assert.Equal(TokenClass.OAuth, claims.Class);
        Assert.Equal((null, null, null, null), (claims.SessionId, claims.Organization, claims.FirstFactorAge, claims.SecondFactorAge));
        Assert.Equal((false, false), (claims.IsPending, claims.IsImpersonated));
        Assert.Equal(["read:things", "write:things"], claims.Scopes);
    }

    private static FrozenDictionary<string, string> Machines(string subject) =>
        new Dictionary<string, string> { [TokenForge.MachineId + "x"] = "admin", [$"{subject}x"] = "admin" }.ToFrozenDictionary();

    // All that would make it something else at Clerk.
    private IEnumerable<string> Disguised()
    {
        yield return _foreign.Rs256();
        yield return _foreign.Es256();
        yield return _foreign.Rs256(claims => (claims["sub"], claims["sid"], claims["v"]) = (TokenForge.UserId, TokenForge.SessionId, 2));
        yield return _foreign.Rs256(claims => (claims["sub"], claims["scopes"]) = (TokenForge.MachineId, TokenForge.ReceiverId));
        yield return _foreign.Rs256(claims => claims["sub"] = TokenForge.UserId, header => header["typ"] = "at+jwt");
        yield return _foreign.Rs256(claims => claims["handshake"] = new JsonArray("__session=x"), header => header.Remove("typ"));
    }

    private static Dictionary<string, JsonObject> Bad()
    {
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var weak = RSA.Create(1024);
        var wrongCurve = ForeignIssuer.CurveJwk("bad", wide);
        wrongCurve["crv"] = "P-256";
        return new Dictionary<string, JsonObject>
        {
            ["P-384"] = ForeignIssuer.CurveJwk("bad", wide),
            ["P-384 that calls itself P-256"] = wrongCurve,
            ["off the curve"] = Changed(jwk => jwk["y"] = jwk["x"]!.GetValue<string>()),
            ["without a curve"] = Changed(jwk => jwk.Remove("crv")),
            ["secp256k1"] = Changed(jwk => jwk["crv"] = "secp256k1"),
            ["curve in lower case"] = Changed(jwk => jwk["crv"] = "p-256"),
            ["without y"] = Changed(jwk => jwk.Remove("y")),
            ["x a number"] = Changed(jwk => jwk["x"] = 7),
            ["for ES384"] = Changed(jwk => jwk["alg"] = "ES384"),
            ["for ECDH"] = Changed(jwk => jwk["alg"] = "ECDH-ES"),
            ["for encryption"] = Changed(jwk => jwk["use"] = "enc"),
            ["a curve key that calls itself RSA"] = Changed(jwk => jwk["kty"] = "RSA"),
            ["Ed25519"] = new JsonObject { ["kid"] = "bad", ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
            ["a secret"] = new JsonObject { ["kid"] = "bad", ["kty"] = "oct", ["alg"] = "HS256", ["k"] = "c2VjcmV0" },
            ["a weak RSA key"] = Jwks.Key("bad", weak.ExportParameters(includePrivateParameters: false)),
        };
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var jwk = ForeignIssuer.EcJwk;
        jwk["kid"] = "bad";
        change(jwk);
        return jwk;
    }

    private async Task<TokenClaims> ClaimsAsync(string token)
    {
        var result = await VerifyAsync(token);
        Assert.True(result.Succeeded, $"refused: {result.Failure}");
        return result.Claims;
    }

    private async Task<TokenFailure?> RefusalAsync(string token, Entrance? entrance = null, TokenVerifier? verifier = null)
    {
        var result = await VerifyAsync(token, entrance, verifier);
        return result.Succeeded ? null : result.Failure;
    }

    private async Task<TokenResult> VerifyAsync(string token, Entrance? entrance = null, TokenVerifier? verifier = null) =>
        await (verifier ?? new TokenVerifier([ForeignIssuer.Issuer], _clock)).VerifyAsync(token, entrance ?? ForeignIssuer.Door, CancellationToken.None);
}
