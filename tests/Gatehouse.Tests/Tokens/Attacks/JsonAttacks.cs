using System.Text;
using Gatehouse.Testbed;
using static Gatehouse.Tokens.TokenFailure;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// Two readers that disagree about a text: members that come twice, text that is no Unicode, numbers that do not fit, and what is no JSON
/// (RFC 8725, sections 2.7 and 3.7; RFC 7515, section 4; RFC 8259, sections 4 and 8). All of these are properly signed: what is refused
/// here is refused for its text alone.
/// </summary>
public sealed class JsonAttacks
{
    private const string Deep32 = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";   // 31 levels within the object's one

    [Theory]
    [InlineData("""{"role":"a","role":"b",CLAIMS}""")]
    [InlineData("""{"role":"a",CLAIMS,"role":"a"}""")]
    [InlineData("""{"role":"a","r\u006fle":"b",CLAIMS}""")]
    [InlineData("""{CLAIMS,"sub":"user_2Another"}""")]
    [InlineData("""{CLAIMS,"su\u0062":"user_2Another"}""")]
    [InlineData("""{CLAIMS,"exp":99999999999}""")]
    [InlineData("""{CLAIMS,"iat":1}""")]
    [InlineData("""{CLAIMS,"iss":"https://test-1.clerk.accounts.dev"}""")]
    [InlineData("""{CLAIMS,"sid":"sess_2Another"}""")]
    [InlineData("""{CLAIMS,"v":2}""")]
    [InlineData("""{CLAIMS,"sts":"active"}""")]
    [InlineData("""{CLAIMS,"fva":[0,0],"fva":[0,0]}""")]
    [InlineData("""{CLAIMS,"x":{"y":{"z":1,"z":2}}}""")]
    [InlineData("""{CLAIMS,"x":[{"z":1,"\u007a":2}]}""")]
    [InlineData("""{CLAIMS,"o":{"id":"org_a","id":"org_b"}}""")]
    [InlineData("""{CLAIMS,"o":{"id":null,"id":"org_b"}}""")]
    [InlineData("""{CLAIMS,"o":{"id":"org_a","rol":null,"rol":"admin"}}""")]
    [InlineData("""{CLAIMS,"o":{"id":"org_a","x":1,"x":2}}""")]
    [InlineData("""{CLAIMS,"o":{"id":"org_a"},"o":{"id":"org_b"}}""")]
    [InlineData("""{CLAIMS,"org_id":null,"org_id":"org_a"}""")]
    [InlineData("""{CLAIMS,"org_permissions":[],"org_permissions":["org:a:b"]}""")]
    [InlineData("""{CLAIMS,"act":{"sub":"user_a"},"act":null}""")]
    [InlineData("""{CLAIMS,"act":null,"act":null}""")]
    [InlineData("""{"role":"a","role":"b",CLAIMS,"act":null}""")]
    [InlineData("""{CLAIMS,"exp":99999999999,"act":null}""")]
    [InlineData("""{CLAIMS,"x":{"y":1,"y":2},"act":null}""")]
    [InlineData("""{CLAIMS,"act":{"sub":"user_a","sub":"user_b"}}""")]
    public Task Member_that_comes_twice_is_refused(string payload) => RefusedAsync(payload);

    [Theory]
    [InlineData("""{CLAIMS,"x":"\ud800"}""")]
    [InlineData("""{CLAIMS,"x":"\udc00\ud800"}""")]
    [InlineData("""{CLAIMS,"\ud800":1}""")]
    [InlineData("""{CLAIMS,"x":["\ud83d"]}""")]
    [InlineData("""{CLAIMS,"x":{"y":"\ud83dx"}}""")]
    [InlineData("""{CLAIMS,"o":{"id":"\ud800"}}""")]
    [InlineData("""{CLAIMS,"o":{"\ud800":"x"}}""")]
    [InlineData("""{CLAIMS,"act":{"sub":"\ud800"}}""")]
    [InlineData("""{CLAIMS,"fea":"\ud800"}""")]
    [InlineData("""{CLAIMS,"aud":"\ud800"}""")]
    [InlineData("""{CLAIMS,"scope":"\ud800"}""")]
    public Task Unpaired_surrogate_is_refused(string payload) => RefusedAsync(payload);

    [Theory]
    [InlineData("jti", "\"\\ud800\"")]
    [InlineData("azp", "\"\\ud800\"")]
    [InlineData("sts", "\"\\ud800\"")]
    [InlineData("sts", "\"active\\udc00\"")]
    [InlineData("sts", "\"a status that is much longer than the usual one \\ud800\"")]
    [InlineData("iss", "\"\\ud800\"")]
    [InlineData("sub", "\"user_\\ud800\"")]
    [InlineData("sid", "\"sess_\\ud800\"")]
    [InlineData("exp", "\"1772366460\"")]
    [InlineData("exp", "1772366460.0")]
    [InlineData("exp", "1772366460.5")]
    [InlineData("exp", "1.77236646e9")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "1e400")]
    [InlineData("exp", "9223372036854775808")]
    [InlineData("exp", "253402300800")]
    [InlineData("exp", "99999999999999999999999999999999999999999999999999")]
    [InlineData("exp", "null")]
    [InlineData("exp", "true")]
    [InlineData("exp", "[1772366460]")]
    [InlineData("exp", "{}")]
    [InlineData("exp", "NaN")]
    [InlineData("exp", "Infinity")]
    [InlineData("exp", "0x7FFFFFFF")]
    [InlineData("exp", "01772366460")]
    [InlineData("exp", "+1772366460")]
    [InlineData("iat", "null")]
    [InlineData("iat", "\"1772366400\"")]
    [InlineData("iat", "-1")]
    [InlineData("nbf", "null")]
    [InlineData("nbf", "1.5")]
    [InlineData("sub", "null")]
    [InlineData("sub", "7")]
    [InlineData("sub", "[\"user_2TestPerson0000000000000001\"]")]
    [InlineData("sid", "null")]
    [InlineData("sid", "7")]
    [InlineData("iss", "null")]
    [InlineData("iss", "[\"https://test-1.clerk.accounts.dev\"]")]
    [InlineData("azp", "null")]
    [InlineData("azp", "[\"https://app.example.com\"]")]
    [InlineData("jti", "null")]
    [InlineData("jti", "7")]
    [InlineData("sts", "null")]
    [InlineData("sts", "[\"active\"]")]
    [InlineData("v", "null")]
    [InlineData("v", "\"2\"")]
    [InlineData("v", "2.5")]
    [InlineData("v", "99999999999")]
    [InlineData("pla", "null")]
    [InlineData("pla", "7")]
    [InlineData("pla", "\"\\ud800\"")]
    [InlineData("fva", "null")]
    [InlineData("fva", "[]")]
    [InlineData("fva", "[1]")]
    [InlineData("fva", "[1,2,3]")]
    [InlineData("fva", "[\"1\",\"2\"]")]
    [InlineData("fva", "[1.5,2]")]
    [InlineData("fva", "[1e400,2]")]
    [InlineData("fva", "[1,[2]]")]
    [InlineData("fva", "1")]
    public async Task Claim_of_the_wrong_type_is_refused(string claim, string value)
    {
        var gate = new Gate();
        Assert.Equal(Malformed, await gate.RefusalAsync(gate.Forge.Sign(gate.Forge.Header().ToJsonString(), Replaced(gate, claim, value))));
    }

    [Theory]
    [InlineData("aud", "null")]
    [InlineData("aud", "7")]
    [InlineData("aud", "{}")]
    [InlineData("aud", "[null]")]
    [InlineData("aud", "[[\"a\"]]")]
    [InlineData("aud", "[\"a\",7]")]
    [InlineData("scopes", "null")]
    [InlineData("scopes", "7")]
    [InlineData("scopes", "{}")]
    [InlineData("scope", "null")]
    [InlineData("scope", "[7]")]
    [InlineData("scp", "false")]
    [InlineData("fea", "null")]
    [InlineData("fea", "[\"o:a\"]")]
    [InlineData("o", "null")]
    [InlineData("o", "\"org_a\"")]
    [InlineData("o", "[]")]
    [InlineData("o", "{\"id\":7}")]
    [InlineData("o", "{\"id\":\"org_a\",\"per\":[\"read\"]}")]
    [InlineData("o", "{\"id\":\"org_a\",\"fpm\":3}")]
    [InlineData("org_id", "7")]
    [InlineData("org_role", "[\"org:admin\"]")]
    [InlineData("org_permissions", "\"org:a:b\"")]
    [InlineData("org_permissions", "[7]")]
    [InlineData("act", "\"user_a\"")]
    [InlineData("act", "true")]
    [InlineData("act", "false")]
    [InlineData("act", "[]")]
    public Task Further_claim_of_the_wrong_type_is_refused(string claim, string value) => RefusedAsync($$"""{CLAIMS,"{{claim}}":{{value}}}""");

    [Theory]
    [InlineData("""{CLAIMS}{}""")]
    [InlineData("""{CLAIMS} x""")]
    [InlineData("""{CLAIMS}]""")]
    [InlineData("""{CLAIMS""")]
    [InlineData("""{CLAIMS,}""")]
    [InlineData("""{,CLAIMS}""")]
    [InlineData("""[{CLAIMS}]""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""true""")]
    [InlineData("""7""")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{}")]
    [InlineData("""{CLAIMS/**/}""")]
    [InlineData("""{CLAIMS}//""")]
    [InlineData("""{'x':1,CLAIMS}""")]
    [InlineData("""{x:1,CLAIMS}""")]
    [InlineData("""{CLAIMS,"x":"a	b"}""")]
    [InlineData("""{CLAIMS,"x":"\x"}""")]
    [InlineData("""{CLAIMS,"x":"\u12"}""")]
    [InlineData("""{CLAIMS,"x":NaN}""")]
    [InlineData("""{CLAIMS,"x":.5}""")]
    [InlineData("\uFEFF{CLAIMS}")]
    [InlineData("{CLAIMS}\0")]
    [InlineData($$"""{CLAIMS,"x":[{{Deep32}}]}""")]
    public Task Text_that_is_no_strict_JSON_object_is_refused(string payload) => RefusedAsync(payload == "" ? " " : payload);

    [Theory]
    [InlineData("{CLAIMS}")]
    [InlineData(" \r\n\t{CLAIMS}\n")]
    [InlineData("""{CLAIMS,"x":1e400}""")]
    [InlineData("""{CLAIMS,"x":"\ud83d\ude00","y":"😀"}""")]
    [InlineData("""{CLAIMS,"\u0078":{"a":1},"y":{"a":1}}""")]
    [InlineData("""{CLAIMS,"act":null}""")]
    [InlineData("""{CLAIMS,"org_id":null,"org_slug":null,"org_role":null,"org_permissions":null}""")]
    [InlineData("""{CLAIMS,"o":{"id":"org_a","slg":null}}""")]
    [InlineData($$"""{CLAIMS,"x":{{Deep32}}}""")]
    public async Task Unusual_but_strict_JSON_is_read(string payload)
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(Signed(gate, payload)));
    }

    [Fact]
    public async Task Known_claims_written_with_escapes_are_the_same_claims()
    {
        var gate = new Gate();
        var payload = Claims(gate).Replace("\"sub\"", "\"\\u0073ub\"", StringComparison.Ordinal).Replace("user_2T", "user\\u005f2T", StringComparison.Ordinal);
        Assert.Equal(TokenForge.UserId, (await gate.ClaimsAsync(Signed(gate, $"{{{payload}}}"))).Subject);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC0, 0xAF)]
    [InlineData(0xED, 0xA0, 0x80)]
    [InlineData(0xF4, 0x90, 0x80, 0x80)]
    [InlineData(0xC3)]
    public async Task Bytes_that_are_no_UTF8_are_refused(params int[] bytes)
    {
        var gate = new Gate();
        byte[] payload = [.. Encoding.UTF8.GetBytes($$"""{{{Claims(gate)}},"x":""" + "\""), .. bytes.Select(one => (byte)one), .. "\"}"u8];
        byte[] header = [.. "{\"alg\":\"RS256\",\"x\":\""u8, .. bytes.Select(one => (byte)one), .. "\"}"u8];

        Assert.Equal(Malformed, await gate.RefusalAsync(gate.Forge.Sign(Encoding.UTF8.GetBytes(gate.Forge.Header().ToJsonString()), payload)));
        Assert.Equal(Malformed, await gate.RefusalAsync(gate.Forge.Sign(header, Encoding.UTF8.GetBytes(gate.Forge.SessionClaims().ToJsonString()))));
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"KID","alg":"none"}""")]
    [InlineData("""{"alg":"none","kid":"KID","alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","al\u0067":"RS256"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","kid":"KID"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","typ":"JWT","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","cat":"cl_I7d4PD111III","cat":"cl_B7d4PD111AAA"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","oiat":1772366400,"oiat":1772366401}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","oiat":1772366400,"oi\u0061t":1772366400}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","x":1,"x":1}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","x":{"y":1,"y":1}}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","x":"\ud800"}""")]
    [InlineData("""{"alg":"RS256\ud800","kid":"KID"}""")]
    [InlineData("""{"alg":"RS\ud800","kid":"KID"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","typ":"an unknown type \ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","cat":"\ud800 an unknown category"}""")]
    [InlineData("""{"alg":"RS256","kid":"KID"}x""")]
    [InlineData("""{"alg":"RS256","kid":"KID"}{}""")]
    [InlineData("""{"alg":"RS256","kid":"KID",}""")]
    [InlineData("""{"alg":"RS256","kid":"KID"/**/}""")]
    [InlineData("""{"alg":["RS256"],"kid":"KID"}""")]
    [InlineData("""{"alg":"RS256","kid":null}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","typ":7}""")]
    [InlineData("""{"alg":"RS256","kid":"KID","cat":null}""")]
    [InlineData("\uFEFF{\"alg\":\"RS256\",\"kid\":\"KID\"}")]
    [InlineData($$"""{"alg":"RS256","kid":"KID","x":[{{Deep32}}]}""")]
    public async Task Header_that_is_no_strict_JSON_is_refused(string header)
    {
        var gate = new Gate();
        var token = gate.Forge.Sign(
            header.Replace("KID", gate.Forge.KeyId, StringComparison.Ordinal), gate.Forge.SessionClaims().ToJsonString());

        Assert.Equal(Malformed, await gate.RefusalAsync(token));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("sub")]
    public async Task Claim_that_every_token_must_have_is_missed(string claim)
    {
        var gate = new Gate();
        Assert.Equal(Malformed, await gate.RefusalAsync(gate.Forge.Session(claims => claims.Remove(claim))));
    }

    [Theory]
    [InlineData("""{"sub":"user_x"}""", true)]
    [InlineData("""{}""", true)]
    [InlineData("null", false)]
    public async Task An_actor_means_impersonation_whatever_else_the_token_says(string actor, bool impersonated)
    {
        var gate = new Gate();
        Assert.Equal(impersonated, (await gate.ClaimsAsync(Signed(gate, $$"""{CLAIMS,"act":{{actor}},"x":1}"""))).IsImpersonated);
    }

    [Fact]
    public async Task Claims_are_found_by_name_as_text_only()
    {
        var gate = new Gate();
        var claims = await gate.ClaimsAsync(Signed(gate, """{"r\u006fle":"\u0061dmin","n":1,"x":{"deep":"d"},"z":null,CLAIMS}"""));

        Assert.Equal("admin", claims.FindText("role"));
        Assert.Equal(TokenForge.UserId, claims.FindText("sub"));
        Assert.Null(claims.FindText("n"));
        Assert.Null(claims.FindText("x"));
        Assert.Null(claims.FindText("deep"));
        Assert.Null(claims.FindText("z"));
        Assert.Null(claims.FindText("Role"));
        Assert.Null(claims.FindText("absent"));
    }

    private static async Task RefusedAsync(string payload)
    {
        var gate = new Gate();
        Assert.Equal(Malformed, await gate.RefusalAsync(Signed(gate, payload)));
    }

    private static string Claims(Gate gate) => gate.Forge.SessionClaims().ToJsonString()[1..^1].Replace("\"fva\":[3,-1],", "", StringComparison.Ordinal);

    private static string Signed(Gate gate, string payload) =>
        gate.Forge.Sign(gate.Forge.Header().ToJsonString(), payload.Replace("CLAIMS", Claims(gate), StringComparison.Ordinal));

    private static string Replaced(Gate gate, string claim, string value)
    {
        var claims = gate.Forge.SessionClaims();
        claims.Remove(claim);
        return $$"""{{{claims.ToJsonString()[1..^1]}},"{{claim}}":{{value}}}""";
    }
}
