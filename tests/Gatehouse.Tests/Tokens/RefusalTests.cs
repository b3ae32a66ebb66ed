using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using static Gatehouse.Tests.Tokens.Crafted;
using static Gatehouse.Tokens.TokenFailure;

namespace Gatehouse.Tests.Tokens;

public sealed class RefusalTests
{
    private static readonly string[] Letters = [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Select(letter => $"{letter}")];

    private static readonly Dictionary<string, (TokenFailure Expected, Func<TokenForge, string> Token, Entrance At)> Table = new()
    {
        // Shape.
        ["empty"] = Row(Malformed, _ => ""),
        ["a dot"] = Row(Malformed, _ => "."),
        ["two dots"] = Row(Malformed, _ => ".."),
        ["a word"] = Row(Malformed, _ => "token"),
        ["two parts"] = Row(Malformed, forge => forge.Session()[..forge.Session().LastIndexOf('.')]),
        ["four parts"] = Row(Malformed, forge => forge.Session() + ".AAAA"),
        ["five parts (JWE)"] = Row(Malformed, _ => "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AAAA.AAAA.AAAA.AAAA"),
        ["a dot before"] = Row(Malformed, forge => "." + forge.Session()),
        ["a dot behind"] = Row(Malformed, forge => forge.Session() + "."),
        ["empty header"] = Row(Malformed, forge => forge.SignParts("", Part(forge.SessionClaims()))),
        ["empty payload"] = Row(Malformed, forge => forge.SignParts(Part(forge.Header()), "")),
        ["the scheme left on"] = Row(Malformed, forge => "Bearer " + forge.Session()),
        ["space before"] = Row(Malformed, forge => " " + forge.Session()),
        ["line break behind"] = Row(Malformed, forge => forge.Session() + "\n"),
        ["quoted"] = Row(Malformed, forge => $"\"{forge.Session()}\""),
        ["line break inside the signature"] = Row(Malformed, forge => forge.Session().Insert(forge.Session().Length - 7, "\n")),
        ["padding on the signature"] = Row(Malformed, forge => forge.Session() + "=="),
        ["padding on the header"] = Row(Malformed, forge => forge.SignParts(Part(Padded(forge)) + "=", Part(forge.SessionClaims()))),
        ["standard base64 letters"] = Row(Malformed, forge => forge.SignParts(Part(forge.Header()), "+/+/")),
        ["letters of another script"] = Row(Malformed, forge => "а" + forge.Session()[1..]),
        ["a NUL"] = Row(Malformed, forge => forge.Session() + "\0"),
        ["left-over bits in the signature"] = Row(Malformed, forge => NextLetter(forge.Session(), by: 1)),
        ["a part of impossible length"] = Row(Malformed, forge => forge.SignParts(Part(forge.Header()), "AAAAA")),
        ["too long by one"] = Row(TooLarge, _ => new string('A', TokenVerifier.MaximumTokenLength + 1)),
        ["genuine but too long"] = Row(TooLarge, forge => forge.Session(claims => claims["pad"] = new string('x', 16_000))),
        ["header no JSON"] = Row(Malformed, forge => forge.Sign("not json", forge.SessionClaims().ToJsonString())),
        ["header a list"] = Row(Malformed, forge => forge.Sign("[]", forge.SessionClaims().ToJsonString())),
        ["header null"] = Row(Malformed, forge => forge.Sign("null", forge.SessionClaims().ToJsonString())),
        ["payload no JSON"] = Row(Malformed, forge => forge.Sign(forge.Header().ToJsonString(), "not json")),
        ["payload another token (nested)"] = Row(Malformed, forge => forge.Sign(forge.Header().ToJsonString(), forge.Session())),
        ["alg a number"] = Row(Malformed, forge => forge.Session(header: header => header["alg"] = 256)),
        ["kid a list"] = Row(Malformed, forge => forge.Session(header: header => header["kid"] = new JsonArray(forge.KeyId))),
        ["typ null"] = Row(Malformed, forge => forge.Session(header: header => header["typ"] = null)),

        // Algorithm.
        ["alg absent"] = Row(Algorithm, forge => forge.Session(header: header => header.Remove("alg"))),
        ["alg none, no signature"] = Row(Algorithm, forge => Unsigned(forge, "none")),
        ["alg none, signed"] = Alg("none"),
        ["alg None"] = Alg("None"),
        ["alg empty"] = Alg(""),
        ["alg rs256"] = Alg("rs256"),
        ["alg RS256 and a space"] = Alg("RS256 "),
        ["alg RS384"] = Alg("RS384"),
        ["alg RS512"] = Alg("RS512"),
        ["alg PS256"] = Alg("PS256"),
        ["alg ES256"] = Alg("ES256"),
        ["alg HS256 with the public key as secret"] =
            Row(Algorithm, forge => Mac("HS256", Encoding.UTF8.GetBytes(forge.PublicPem), forge.Header(), forge.SessionClaims())),

        // Type.
        ["typ jwt in lower case"] = Typ("jwt"),
        ["typ JWE"] = Typ("JWE"),
        ["typ empty"] = Typ(""),
        ["typ secevent+jwt"] = Typ("secevent+jwt"),
        ["typ at+JWT"] = Typ("at+JWT"),
        ["cat of tomorrow"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["cat"] = "cl_B7d4PD444AAA")),
        ["cat empty"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["cat"] = "")),
        ["crit"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["crit"] = new JsonArray("exp"))),
        ["crit empty"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["crit"] = new JsonArray())),
        ["crit before typ"] = Row(TokenFailure.Type, forge => Signed(forge, $$"""{"crit":["x"],"alg":"RS256","kid":"{{forge.KeyId}}","typ":"JWT"}""")),
        ["crit by escapes"] = Row(TokenFailure.Type, forge => Signed(forge, $$"""{"cr\u0069t":["x"],"alg":"RS256","kid":"{{forge.KeyId}}","typ":"JWT"}""")),
        ["b64 false"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["b64"] = false)),
        ["zip"] = Row(TokenFailure.Type, forge => forge.Session(header: header => header["zip"] = "DEF")),

        // Key.
        ["kid absent"] = Row(KeyUnknown, forge => forge.Session(header: header => header.Remove("kid"))),
        ["kid empty"] = Row(KeyUnknown, forge => forge.Session(header: header => header["kid"] = "")),
        ["kid of nobody"] = Row(KeyUnknown, forge => forge.Session(header: header => header["kid"] = "ins_nobody")),
        ["kid in another case"] = Row(KeyUnknown, forge => forge.Session(header: header => header["kid"] = forge.KeyId.ToUpperInvariant())),
        ["kid a path"] = Row(KeyUnknown, forge => forge.Session(header: header => header["kid"] = "../../../dev/null")),

        // Signature.
        ["signature empty"] = Row(Signature, forge => forge.Session()[..(forge.Session().LastIndexOf('.') + 1)]),
        ["signature cut by a byte"] = Row(Signature, forge => WithSignature(forge, signature => signature[..^1])),
        ["signature longer by a byte"] = Row(Signature, forge => WithSignature(forge, signature => [.. signature, 0])),
        ["signature longer by a byte in front"] = Row(Signature, forge => WithSignature(forge, signature => [0, .. signature])),
        ["signature of zeros"] = Row(Signature, forge => WithSignature(forge, signature => new byte[signature.Length])),
        ["signature of ones"] = Row(Signature, forge => WithSignature(forge, signature => [.. signature.Select(_ => (byte)0xFF)])),
        ["signature 1"] = Row(Signature, forge => WithSignature(forge, signature => [.. new byte[signature.Length - 1], 1])),
        ["signature turned round"] = Row(Signature, forge => WithSignature(forge, signature => [.. signature.Reverse()])),
        ["signature of another token"] = Row(Signature, forge => forge.Session()[..(forge.Session().LastIndexOf('.') + 1)] + LastPart(forge.Template())),
        ["signed by another instance"] = Row(Signature, forge => Grafted(forge, new TokenForge(TimeProvider.System, instance: 2))),
        ["payload exchanged"] = Row(Signature, forge => WithPayload(forge, claims => claims["sub"] = "user_2SomebodyElse")),
        ["header exchanged"] = Row(Signature, forge => Part(forge.Header(category: null)) + forge.Session()[forge.Session().IndexOf('.')..]),
        ["signature over the JSON instead of its base64"] = Row(Signature, SignedOverJson),

        // Issuer.
        ["iss absent"] = Row(Issuer, forge => forge.Session(claims => claims.Remove("iss"))),
        ["iss empty"] = Iss(_ => ""),
        ["iss with a slash"] = Iss(name => name + "/"),
        ["iss with more host"] = Iss(name => name + ".evil.example"),
        ["iss with a path"] = Iss(name => name + "/x"),
        ["iss cut"] = Iss(name => name[..^1]),
        ["iss as user info"] = Iss(name => name + "@evil.example"),
        ["iss by http"] = Iss(name => name.Replace("https", "http", StringComparison.Ordinal)),
        ["iss in capitals"] = Iss(name => name.ToUpperInvariant()),
        ["iss with a space"] = Iss(name => name + " "),
        ["iss of another instance"] = Iss(_ => "https://test-2.clerk.accounts.dev"),
        ["iss with a NUL"] = Iss(name => name + "\0"),

        // Party, audience, template.
        ["azp of another"] = Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = "https://evil.example"), Listed),
        ["azp of another where absent is admitted"] =
            Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = "https://evil.example"), Listed with { AdmitAbsentParty = true }),
        ["azp with a slash"] = Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = TokenForge.Origin + "/"), Listed),
        ["azp of a sub-domain"] = Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = "https://x.app.example.com"), Listed),
        ["azp with a port"] = Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = TokenForge.Origin + ":8443"), Listed),
        ["azp empty"] = Row(AuthorizedParty, forge => forge.Session(claims => claims["azp"] = ""), Listed with { AdmitAbsentParty = true }),
        ["azp absent"] = Row(AuthorizedParty, forge => forge.Session(claims => claims.Remove("azp")), Listed),
        ["azp absent on a template"] = Row(AuthorizedParty, forge => forge.Template(claims => claims.Remove("azp")), Listed),
        ["aud absent"] = Row(Audience, forge => forge.Template(), Audienced),
        ["aud another"] = Row(Audience, forge => forge.Template(claims => claims["aud"] = "hemera-api2"), Audienced),
        ["aud in another case"] = Row(Audience, forge => forge.Template(claims => claims["aud"] = "Hemera-Api"), Audienced),
        ["aud an empty list"] = Row(Audience, forge => forge.Template(claims => claims["aud"] = new JsonArray()), Audienced),
        ["aud a list of others"] = Row(Audience, forge => forge.Template(claims => claims["aud"] = new JsonArray("a", "b")), Audienced),
        ["aud of a session absent"] = Row(Audience, forge => forge.Session(), Audienced),
        ["aud of an OAuth token absent"] = Row(Audience, forge => forge.OAuth(), Audienced),
        ["template claim absent"] = Row(Audience, forge => forge.Template(), Templated),
        ["template claim empty"] = Row(Audience, forge => forge.Template(claims => claims["service"] = ""), Templated),
        ["template claim null"] = Row(Audience, forge => forge.Template(claims => claims["service"] = null), Templated),
        ["template claim a number"] = Row(Audience, forge => forge.Template(claims => claims["service"] = 1), Templated),
        ["template claim one level too deep"] =
            Row(Audience, forge => forge.Template(claims => claims["x"] = new JsonObject { ["service"] = "aither" }), Templated),

        // Time (the exact boundaries are in TimeTests).
        ["expired"] = Row(Expired, forge => forge.Session(claims => claims["exp"] = (long)claims["iat"]! - 60)),
        ["exp 0"] = Row(Expired, forge => forge.Session(claims => claims["exp"] = 0)),
        ["not yet valid"] = Row(NotYetValid, forge => forge.Session(claims => claims["nbf"] = (long)claims["iat"]! + 60)),
        ["issued in the future"] = Row(IssuedInFuture, forge => forge.Session(claims => claims["iat"] = (long)claims["iat"]! + 30)),
        ["iat absent"] = Row(Lifetime, forge => forge.Session(claims => claims.Remove("iat"))),
        ["for ever"] = Row(Lifetime, forge => forge.Session(claims => claims["exp"] = 253402300799)),

        // Scope.
        ["scope of another machine"] = Scopes("mch_2Another"),
        ["scope with the machine's id as a part"] = Scopes(TokenForge.ReceiverId + "x"),
        ["scope empty"] = Scopes(""),
        ["scopes an empty list"] = Row(Scope, forge => forge.M2M(claims => claims["scopes"] = new JsonArray())),
        ["neither scopes nor aud"] = Row(Scope, forge => forge.M2M(claims =>
        {
            claims.Remove("scopes");
            claims.Remove("aud");
        })),
        ["scopes without the receiver, aud with it"] = Scopes("mch_2Another"),
        ["the machine's own claim scope"] = Row(Scope, forge => forge.M2M(claims =>
        {
            claims["scopes"] = "mch_2Another";
            claims["aud"] = new JsonArray("mch_2Another");
            claims["scope"] = TokenForge.ReceiverId;
        })),
        ["the machine's own claim scp"] = Row(Scope, forge => forge.M2M(claims =>
        {
            claims["scopes"] = "mch_2Another";
            claims["aud"] = new JsonArray("mch_2Another");
            claims["scp"] = new JsonArray(TokenForge.ReceiverId);
        })),
        ["a machine token where no machine is configured"] = Row(Scope, forge => forge.M2M(), new Entrance { Classes = TokenClass.M2M }),

        // Pending.
        ["pending"] = Row(Pending, forge => forge.Session(claims => claims["sts"] = "pending")),
        ["a status of tomorrow"] = Row(Pending, forge => forge.Session(claims => claims["sts"] = "suspended")),
        ["a status in another case"] = Row(Pending, forge => forge.Session(claims => claims["sts"] = "Active")),

        // Opaque.
        ["opaque machine token"] = Row(NeedsClerk, _ => "mt_0123456789abcdef0123456789abcdef"),
        ["opaque OAuth token"] = Row(NeedsClerk, _ => "oat_0123456789abcdef0123456789abcdef"),
        ["API key"] = Row(NeedsClerk, _ => "ak_0123456789abcdef0123456789abcdef"),
        ["opaque machine token at a session entrance"] = Row(Class, _ => "mt_0123456789abcdef0123456789abcdef", new Entrance()),
        ["opaque OAuth token at a machine entrance"] = Row(Class, _ => "oat_0123456789abcdef", new Entrance { Classes = TokenClass.M2M }),
        ["API key at a session entrance"] = Row(Class, _ => "ak_0123456789abcdef", new Entrance()),
        ["an opaque prefix in capitals"] = Row(Malformed, _ => "MT_0123456789abcdef"),

        // Class (the whole table is in ClassTests).
        ["template at a session entrance"] = Row(Class, forge => forge.Template(), new Entrance()),
        ["session at a template entrance"] = Row(Class, forge => forge.Session(), new Entrance { Classes = TokenClass.Template }),
        ["anything at an entrance that takes nothing"] = Row(Class, forge => forge.Session(), new Entrance { Classes = TokenClass.None }),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    /// <summary>The whole table, for whoever tells of refusals.</summary>
    internal static IReadOnlyDictionary<string, (TokenFailure Expected, Func<TokenForge, string> Token, Entrance At)> Refusals => Table;

    private static Entrance Listed => Gate.Open with { AuthorizedParties = [TokenForge.Origin] };

    private static Entrance Audienced => Gate.Open with { Audiences = ["hemera-api"] };

    private static Entrance Templated => Gate.Open with { TemplateClaim = "service" };

    [Theory]
    [MemberData(nameof(Rows))]
    [Proves("G10", "G29", "G30", "G31", "G36", "G38")]
    public async Task Forged_token_is_refused_for_its_reason(string row)
    {
        var gate = new Gate();
        var (expected, token, entrance) = Table[row];

        Assert.Equal(expected, await gate.RefusalAsync(token(gate.Forge), entrance));
    }

    [Fact]
    public void Every_failure_that_a_token_alone_can_earn_is_in_the_table()
    {
        // Those that depend on keys are shown in KeyTests, on revocations in RevocationTests, on the issuer's word in OpaqueTokenTests.
        TokenFailure[] elsewhere = [Unverified, KeyUnusable, PublishedKey, KeysUnavailable, Revoked, RevocationsStale, Unknown];

        Assert.Equal(
            Enum.GetValues<TokenFailure>().Except(elsewhere).Order(),
            Table.Values.Select(row => row.Expected).Distinct().Order());
    }

    [Theory]
    [InlineData(true, true, false, null)]
    [InlineData(true, true, true, null)]
    [InlineData(true, false, false, AuthorizedParty)]
    [InlineData(true, false, true, null)]
    [InlineData(false, true, false, null)]
    [InlineData(false, false, false, null)]
    [InlineData(false, false, true, null)]
    public async Task Absent_party_enters_where_the_entrance_says_so(bool listed, bool present, bool admitAbsent, TokenFailure? expected)
    {
        var gate = new Gate();
        var entrance = (listed ? Listed : Gate.Open) with { AdmitAbsentParty = admitAbsent };
        var token = gate.Forge.Session(claims =>
        {
            if (!present)
            {
                claims.Remove("azp");
            }
        });

        Assert.Equal(expected, await gate.RefusalAsync(token, entrance));
    }

    [Fact]
    public async Task A_machine_token_needs_no_party_and_no_audience_of_the_entrance()
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(gate.Forge.M2M(), Listed with { Audiences = ["hemera-api"], TemplateClaim = "service" }));
    }

    [Theory]
    [InlineData("\"hemera-api\"")]
    [InlineData("[\"hemera-api\"]")]
    [InlineData("[\"another\",\"hemera-api\"]")]
    public async Task Audience_is_one_text_or_one_of_a_list(string audience)
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(gate.Forge.Template(claims => claims["aud"] = JsonNode.Parse(audience)), Audienced));
    }

    [Fact]
    public async Task Required_template_claim_lets_its_template_in_and_asks_nothing_of_sessions()
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(gate.Forge.Template(claims => claims["service"] = "aither"), Templated));
        Assert.Null(await gate.RefusalAsync(gate.Forge.Session(), Templated));
    }

    [Theory]
    [InlineData("\"mch_2Another mch_2TestReceiver00000000000001\"", "[]")]
    [InlineData("\"mch_2TestReceiver00000000000001\"", "[\"mch_2Another\"]")]
    [InlineData("[\"mch_2Another\",\"mch_2TestReceiver00000000000001\"]", "[]")]
    [InlineData(null, "[\"mch_2TestReceiver00000000000001\"]")]
    [InlineData(null, "\"mch_2TestReceiver00000000000001\"")]
    public async Task A_machine_token_enters_if_its_scopes_or_else_its_audience_name_the_receiver(string? scopes, string audience)
    {
        var gate = new Gate();
        var token = gate.Forge.M2M(claims =>
        {
            claims.Remove("scopes");
            claims["aud"] = JsonNode.Parse(audience);
            if (scopes is not null)
            {
                claims["scopes"] = JsonNode.Parse(scopes);
            }
        });

        Assert.Null(await gate.RefusalAsync(token));
    }

    [Fact]
    public async Task Pending_session_enters_where_the_entrance_admits_it()
    {
        var gate = new Gate();
        var claims = await gate.ClaimsAsync(gate.Forge.Session(claims => claims["sts"] = "pending"), Gate.Open with { AdmitPending = true });
        Assert.True(claims.IsPending);
    }

    [Fact]
    public async Task Longest_token_that_is_looked_at_is_let_in()
    {
        var gate = new Gate();
        string Padded(int length) => gate.Forge.Session(claims => claims["pad"] = new string('x', length));
        var length = Enumerable.Range(11_000, 1_200).Last(length => Padded(0).Length + (length * 4 / 3) < TokenVerifier.MaximumTokenLength - 8);
        var token = Padded(length);

        Assert.InRange(token.Length, TokenVerifier.MaximumTokenLength - 16, TokenVerifier.MaximumTokenLength);
        Assert.Null(await gate.RefusalAsync(token));
    }

    private static (TokenFailure, Func<TokenForge, string>, Entrance) Row(TokenFailure expected, Func<TokenForge, string> token, Entrance? at = null) =>
        (expected, token, at ?? Gate.Open);

    private static (TokenFailure, Func<TokenForge, string>, Entrance) Alg(string name) =>
        Row(Algorithm, forge => forge.Session(header: header => header["alg"] = name));

    private static (TokenFailure, Func<TokenForge, string>, Entrance) Typ(string name) =>
        Row(TokenFailure.Type, forge => forge.Session(header: header => header["typ"] = name));

    private static (TokenFailure, Func<TokenForge, string>, Entrance) Iss(Func<string, string> name) =>
        Row(Issuer, forge => forge.Session(claims => claims["iss"] = name(forge.IssuerName)));

    private static (TokenFailure, Func<TokenForge, string>, Entrance) Scopes(string scopes) =>
        Row(Scope, forge => forge.M2M(claims => claims["scopes"] = scopes));

    // A header whose base64 would have exactly one character of padding.
    private static string Padded(TokenForge forge)
    {
        var header = forge.Header().ToJsonString();
        return header + new string(' ', (5 - (Encoding.UTF8.GetByteCount(header) % 3)) % 3);
    }

    private static string NextLetter(string token, int by) =>
        token[..^1] + Letters[(Array.IndexOf(Letters, token[^1..]) + by) % Letters.Length];

    private static string Signed(TokenForge forge, string header) => forge.Sign(header, forge.SessionClaims().ToJsonString());

    private static string Unsigned(TokenForge forge, string algorithm)
    {
        var header = forge.Header();
        header["alg"] = algorithm;
        return $"{Part(header)}.{Part(forge.SessionClaims())}.";
    }

    private static string SignedOverJson(TokenForge forge)
    {
        var (header, claims) = (forge.Header().ToJsonString(), forge.SessionClaims().ToJsonString());
        return $"{Part(header)}.{Part(claims)}.{Base64Url.EncodeToString(forge.Signature($"{header}.{claims}"))}";
    }

    private static string WithSignature(TokenForge forge, Func<byte[], byte[]> change) => Crafted.WithSignature(forge.Session(), change);

    private static string WithPayload(TokenForge forge, Action<JsonObject> change)
    {
        var claims = forge.SessionClaims();
        change(claims);
        return $"{Part(forge.Header())}.{Part(claims)}.{LastPart(forge.Session())}";
    }
}
