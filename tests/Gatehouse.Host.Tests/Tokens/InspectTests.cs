using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Host.Tests.Tokens;

public sealed class InspectTests : IDisposable
{
    private readonly TokenTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Session_of_an_organization_is_explained()
    {
        var token = _tool.Forge.Session(claims =>
        {
            claims["fea"] = "u:exports,o:billing,ou:reports";
            claims["o"] = new JsonObject { ["id"] = "org_2A", ["slg"] = "a", ["rol"] = "admin", ["per"] = "read,write", ["fpm"] = "3,1" };
            claims["plan_of_mine"] = "x";
        });
        var run = await _tool.InspectAsync(token);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            Nothing of this has been verified: it is what the token says of itself.

            A JWT of the class session, if its signature is good.

            Header
              alg  "RS256"
                   signed with RSA and SHA-256, the algorithm of Clerk
              cat  "cl_B7d4PD111AAA"
                   Clerk's mark for session tokens
              kid  "ins_2TestInstance00000000000001"
                   the key that it was signed with, at Clerk the instance's id: looked up among the issuer's own keys only
              typ  "JWT"
                   a JSON Web Token

            Claims
              azp           "https://app.example.com"
                            the origin that it was made for: compare it with the origins that you serve
              exp           1772366460
                            when it expires: 2026-03-01 12:01:00Z, in 60 s
              fva           [3,-1]
                            when the factors were verified, as seen when it was issued: the first 3 min before, the second never
              iat           1772366400
                            when it was issued: 2026-03-01 12:00:00Z, now
              iss           "https://test-1.clerk.accounts.dev"
                            who says to have issued it: at Clerk the instance's Frontend API
              jti           "0123456789abcdef0123"
                            the token's own id, by which it alone can be revoked
              nbf           1772366390
                            when it begins: 2026-03-01 11:59:50Z, 10 s ago
              pla           "u:free"
                            the plan: u of the user, o of the organization
              sid           "sess_2TestSession000000000000001"
                            the session: ending it revokes all of its tokens
              sts           "active"
                            the session's status
              sub           "user_2TestPerson0000000000000001"
                            whom it identifies: a user
              v             2
                            the version of the session's claims
              fea           "u:exports,o:billing,ou:reports"
                            the features: u of the user, o of the organization
              o             {"id":"org_2A","slg":"a","rol":"admin","per":"read,write","fpm":"3,1"}
                            the active organization: id, slug, role, and permissions packed into per and fpm, decoded below
              plan_of_mine  "x"
                            added by the instance's own customization of session tokens

            Organization
              org_2A, role org:admin
              org:billing:read
              org:billing:write
              org:reports:read

            Signature
              256 bytes, not shown

            What verify would say
              ok  shape              three parts in base64url, with a readable header
              ok  header             RS256, key ins_2TestInstance00000000000001
              -   signature          it was not looked at: give the issuer's keys with --jwks or --pem
              ok  class              met
              -   issuer             any is taken, since --issuer was not given
              -   authorized party   any is taken, since --azp was not given
              -   audience           any is taken, since --audience was not given
              ok  expiry             met
              ok  start              met
              ok  time of issue      met
              ok  lifetime           met
              ok  receiver           met
              ok  outstanding tasks  met
              -   revocations        this tool has no list of them

            Nothing objects, but nobody has looked at the signature.

            """,
            run.Output);
    }

    [Fact]
    public async Task Every_objection_is_named_and_not_only_the_first()
    {
        _tool.Clock.AdvanceSeconds(-86_400);
        var token = _tool.Forge.M2M();
        _tool.Clock.AdvanceSeconds(86_400);
        var run = await _tool.InspectAsync(token, "--jwks", _tool.Jwks, "--issuer", "https://clerk.example.com");
        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith(
            """

            What verify would say
              ok  shape              three parts in base64url, with a readable header
              ok  header             RS256, key ins_2TestInstance00000000000001
              ok  key                https://clerk.example.com has this key, and it may be used
              ok  signature          made by this key over these bytes
              ok  claims             readable; a token of the class M2M
              NO  class              this entrance takes Session, and this is M2M (class)
              NO  issuer             it says that https://test-1.clerk.accounts.dev has issued it, whose key this is not (issuer)
              -   authorized party   any is taken, since --azp was not given
              -   audience           any is taken, since --audience was not given
              NO  expiry             it expired at 2026-02-28 12:15:00Z, and now is 2026-03-01 12:00:00Z: fetch a new one, and compare the clocks (expired)
              ok  start              met
              ok  time of issue      met
              ok  lifetime           met
              NO  receiver           this entrance does not know its own machine id, so no machine token can be meant for it (scope)
              ok  outstanding tasks  met
              -   revocations        this tool has no list of them

            It would be refused: class, issuer, expired, scope.

            """,
            run.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key-unknown")]
    [InlineData("signature")]
    public async Task Demands_are_weighed_even_where_the_signature_does_not_hold(string reason)
    {
        var other = new TokenForge(_tool.Clock, 2);
        var token = other.Session(header: header => header["kid"] = reason == "signature" ? _tool.Forge.KeyId : other.KeyId);
        var run = await _tool.InspectAsync(token, "--jwks", _tool.Jwks, "--azp", "https://other.example.com");
        Assert.Contains($"({reason})", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"It would be refused: {reason}, authorized-party.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_token_would_be_accepted()
    {
        var run = await _tool.InspectAsync(_tool.Forge.Session(), "--pem", _tool.Pem, "--azp", TokenForge.Origin, "--issuer", _tool.Forge.IssuerName);
        Assert.EndsWith("It would be accepted.\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Nothing of this has been verified", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("template", "A JWT of the class template", "added by the JWT template")]
    [InlineData("m2m", "A JWT of the class m2m", "added by the machine that minted it, which may write what it likes: never authority")]
    [InlineData("oauth", "A JWT of the class oauth", "added by whoever issued it: never authority")]
    public async Task What_a_role_is_worth_depends_on_the_class(string name, string summary, string words)
    {
        var token = name switch
        {
            "template" => _tool.Forge.Template(AsAdmin),
            "m2m" => _tool.Forge.M2M(AsAdmin),
            _ => _tool.Forge.OAuth(AsAdmin),
        };
        var run = await _tool.InspectAsync(token, "--class", name, "--machine", TokenForge.ReceiverId);
        Assert.Contains(summary, run.Output, StringComparison.Ordinal);
        Assert.Equal(words, run.Lines[Array.FindIndex(run.Lines, line => line.EndsWith("\"admin\"", StringComparison.Ordinal)) + 1].Trim());
        Assert.EndsWith("Nothing objects, but nobody has looked at the signature.\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mt_0123456789abcdef", "m2m")]
    [InlineData("oat_0123456789abcdef", "oauth")]
    [InlineData("ak_0123456789abcdef", "api_key")]
    public async Task Opaque_token_is_a_secret_and_not_printed(string token, string name)
    {
        foreach (var options in new string[][] { [], ["--json"] })
        {
            var run = await _tool.InspectAsync(token, options);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains(name, run.Output, StringComparison.Ordinal);
            Assert.Contains("needs-clerk", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("0123456789abcdef", run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signature_is_never_printed()
    {
        var token = _tool.Forge.Session();
        var signature = token[(token.LastIndexOf('.') + 1)..];
        string[] tokens = [token, $"{token}.{signature}", $"{signature}.{signature}", $"{token[..^1]}", $"x{token}"];
        foreach (var text in tokens)
        {
            foreach (var options in new string[][] { [], ["--json"], ["--jwks", _tool.Jwks] })
            {
                var run = await _tool.InspectAsync(text, options);
                Assert.DoesNotContain(signature[..12], run.Output + run.Error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d.e")]
    [InlineData("\u001b[2J.\u001b[2J.\u001b[2J")]
    public async Task What_is_no_token_ends_with_1(string text)
    {
        var run = await _tool.InspectAsync(text);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("This is no token", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("It would be refused: malformed.\n", run.Output, StringComparison.Ordinal);
        Assert.False((await _tool.InspectAsync(text, "--json")).Json["token"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_is_too_long_is_not_taken_apart() =>
        Assert.EndsWith("It would be refused: too-large.\n", (await _tool.InspectAsync(new string('A', (16 * 1024) + 1))).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"sub":"a","sub":"b"}""")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"sub\":\"\\ud800\"}")]
    public async Task Payload_that_is_no_payload_is_shown_as_it_stands(string payload)
    {
        var run = await _tool.InspectAsync(_tool.Forge.Sign(_tool.Forge.Header().ToJsonString(), payload));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Claims: not JSON as a token must hold it", run.Output, StringComparison.Ordinal);
        Assert.Contains(payload, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("It would be refused: malformed.\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b[31m", "\\u001b[31m")]
    [InlineData("\u009b2J", "\\u009b2J")]
    [InlineData("a\r\nIt would be accepted.", "a\\r\\nIt would be accepted.")]
    [InlineData("\u2028x", "\\u2028x")]
    [InlineData("\u202ecod.exe", "\\u202ecod.exe")]
    [InlineData("\u200b", "\\u200b")]
    [InlineData("\0", "\\u0000")]
    [InlineData("\u007f", "\\u007f")]
    public async Task Hostile_text_reaches_no_terminal(string text, string shown)
    {
        var relaxed = new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        var claims = _tool.Forge.SessionClaims();
        (claims["azp"], claims["jti"], claims[$"n{text}"]) = (text, text, text);
        claims["o"] = new JsonObject { ["id"] = text, ["rol"] = text };
        var token = _tool.Forge.Sign(_tool.Forge.Header().ToJsonString(), claims.ToJsonString(relaxed));
        var run = await _tool.InspectAsync(token, "--azp", "https://x.example.com", "--jwks", _tool.Jwks);
        Assert.DoesNotContain(text, run.Output, StringComparison.Ordinal);
        Assert.Contains(shown.Replace("\\r\\n", "\\u000d\\u000a", StringComparison.Ordinal), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, letter => char.IsControl(letter) && letter != '\n');
        Assert.DoesNotContain((await _tool.InspectAsync(token, "--json")).Output, letter => letter is not '\n' and (< ' ' or > '~'));
    }

    [Fact]
    public async Task Long_values_are_cut()
    {
        var run = await _tool.InspectAsync(_tool.Forge.Session(claims => claims["long"] = new string('x', 5000)));
        Assert.Contains("… (5002 characters)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 300), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_the_same()
    {
        var run = await _tool.InspectAsync(_tool.Forge.Template(), "--json");
        Assert.Equal(0, run.ExitCode);
        var json = run.Json;
        Assert.False(json["verified"]!.GetValue<bool>());
        Assert.Equal(
            """{"verified":false,"note":"nothing of this has been verified: it is what the token says of itself","token":true,"opaque":false,"class":"template"}""",
            new JsonObject(json.Take(5).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString());
        Assert.Equal(["alg", "cat", "kid", "typ"], json["header"]!.AsArray().Select(member => member!["name"]!.GetValue<string>()));
        Assert.Equal(_tool.Forge.TemplateClaims()["exp"]!.GetValue<long>(), json["claims"]![1]!["value"]!.GetValue<long>());
        Assert.Equal("when it expires: 2026-03-01 12:01:00Z, in 60 s", json["claims"]![1]!["words"]!.GetValue<string>());
        Assert.Equal(256, json["signature_bytes"]!.GetValue<int>());
        Assert.Equal("""["class"]""", json["objections"]!.ToJsonString());
        Assert.Equal(
            """{"name":"class","state":"refused","reason":"class","words":"this entrance takes Session, and this is Template"}""",
            json["steps"]!.AsArray().Single(step => step!["reason"] is not null)!.ToJsonString());
    }

    [Fact]
    public async Task Token_is_read_from_standard_input() =>
        Assert.Contains("A JWT of the class session", (await TokenTool.RunAsync($" {_tool.Forge.Session()}\n", "token", "inspect")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("give --jwks or --pem, not both", "--jwks", "a", "--pem", "b")]
    [InlineData("cannot be read", "--jwks", "absent.json")]
    [InlineData("there is no option --loud", "--loud")]
    public async Task Wrong_usage_ends_with_2(string because, params string[] args) =>
        (await TokenTool.RunAsync("", ["token", "inspect", .. args])).IsWrongUsage(because);

    private static void AsAdmin(JsonObject claims) => claims["role"] = "admin";
}
