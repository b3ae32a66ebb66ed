using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Host.Tests.Tokens;

public sealed class VerifyTests : IDisposable
{
    private const string Sha = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq";

    private static readonly Dictionary<string, (string Reason, Func<TokenForge, string> Token, string[] Options)> Refusals = new()
    {
        ["no text"] = ("malformed", _ => "", []),
        ["a word"] = ("malformed", _ => "token", []),
        ["two parts"] = ("malformed", forge => forge.Session()[..forge.Session().LastIndexOf('.')], []),
        ["a name that begins with a dash"] = ("malformed", _ => "--production", []),
        ["a claim twice"] = ("malformed", forge => forge.Sign(forge.Header().ToJsonString(), """{"sub":"user_a","sub":"user_b","exp":1}"""), []),
        ["16 KiB and one"] = ("too-large", _ => new string('A', (16 * 1024) + 1), []),
        ["not signed"] = ("algorithm", forge => forge.Session(header: header => header["alg"] = "none"), []),
        ["a type of tomorrow"] = ("type", forge => forge.Session(header: header => header["typ"] = "dpop+jwt"), []),
        ["a key of nobody"] = ("key-unknown", forge => forge.Session(header: header => header["kid"] = "ins_2Nobody"), []),
        ["a key that is weak"] = ("key-unusable", forge => forge.Session(header: header => header["kid"] = "ins_2Weak"), ["--jwks", "{weak}"]),
        ["another instance's key of the same id"] = ("signature", forge => new TokenForge(new TestClock(), 2).Session(header: header => header["kid"] = forge.KeyId), []),
        ["a template at a session's entrance"] = ("class", forge => forge.Template(), []),
        ["a machine at a session's entrance"] = ("class", forge => forge.M2M(), []),
        ["an OAuth token at a session's entrance"] = ("class", forge => forge.OAuth(), []),
        ["a session at a template's entrance"] = ("class", forge => forge.Session(), ["--class", "template"]),
        ["a session at an entrance for all others"] = ("class", forge => forge.Session(), ["--class", "template", "--class", "m2m", "--class", "oauth", "--class", "api_key"]),
        ["a session without a session"] = ("class", forge => forge.Session(claims => claims.Remove("sid")), []),
        ["another issuer"] = ("issuer", forge => forge.Session(), ["--issuer", "https://test-2.clerk.accounts.dev"]),
        ["an issuer that begins alike"] = ("issuer", forge => forge.Session(), ["--issuer", "https://test-1.clerk.accounts.dev/"]),
        ["no issuer where one is named"] = ("issuer", forge => forge.Session(claims => claims.Remove("iss")), ["--issuer", "https://test-1.clerk.accounts.dev"]),
        ["another party"] = ("authorized-party", forge => forge.Session(), ["--azp", "https://other.example.com"]),
        ["no party where some are listed"] = ("authorized-party", forge => forge.Session(claims => claims.Remove("azp")), ["--azp", TokenForge.Origin]),
        ["a template's other party"] = ("authorized-party", forge => forge.Template(), ["--class", "template", "--azp", "https://other.example.com"]),
        ["no audience where one is named"] = ("audience", forge => forge.Session(), ["--audience", "https://api.example.com"]),
        ["another audience"] = ("audience", forge => forge.Template(claims => claims["aud"] = "https://b.example.com"), ["--class", "template", "--audience", "https://a.example.com"]),
        ["expired by the skew"] = ("expired", forge => Lives(forge, 0, -5), []),
        ["expired a second ago, without skew"] = ("expired", forge => Lives(forge, 0, 0), ["--skew", "0"]),
        ["not begun"] = ("not-yet-valid", forge => forge.Session(claims => claims["nbf"] = At(forge) + 6), []),
        ["issued in the future"] = ("issued-in-future", forge => forge.Session(claims => claims["iat"] = At(forge) + 6), []),
        ["a session of an hour and a second"] = ("lifetime", forge => Lives(forge, 0, 3601), []),
        ["a session that does not say since when"] = ("lifetime", forge => forge.Session(claims => claims.Remove("iat")), []),
        ["a template of a quarter of an hour and a second"] = ("lifetime", forge => forge.Template(claims => claims["exp"] = At(forge) + 901), ["--class", "template"]),
        ["a machine for another machine"] = ("scope", forge => forge.M2M(), ["--class", "m2m", "--machine", "mch_2Other"]),
        ["a machine for an unnamed machine"] = ("scope", forge => forge.M2M(), ["--class", "m2m"]),
        ["an outstanding task"] = ("pending", forge => forge.Session(claims => claims["sts"] = "pending"), []),
        ["an opaque machine token"] = ("needs-clerk", _ => $"mt_{Sha}", ["--class", "m2m"]),
        ["an opaque OAuth token"] = ("needs-clerk", _ => $"oat_{Sha}", ["--class", "oauth"]),
        ["an API key"] = ("needs-clerk", _ => $"ak_{Sha}", ["--class", "api_key"]),
        ["an opaque token, whatever is taken"] = ("needs-clerk", _ => $"mt_{Sha}", []),
    };

    private readonly TokenTool _tool = new();

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Genuine_session_is_answered_with_what_it_says()
    {
        var run = await _tool.VerifyAsync(_tool.Forge.Session());
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """{"ok":true,"class":"session","sub":"user_2TestPerson0000000000000001","iss":"https://test-1.clerk.accounts.dev","exp":1772366460,"claims":"""
            + _tool.Forge.SessionClaims().ToJsonString() + "}\n",
            run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("template")]
    [InlineData("m2m", "--machine", TokenForge.ReceiverId)]
    [InlineData("oauth")]
    public async Task Each_class_enters_where_it_is_named(string name, params string[] options)
    {
        var run = await _tool.VerifyAsync(OfClass(name), ["--class", name, .. options]);
        run.IsAccepted();
        Assert.Equal(name, run.Json["class"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("session")]
    [InlineData("template")]
    [InlineData("m2m")]
    [InlineData("oauth")]
    public async Task Each_class_enters_where_several_are_named(string name) =>
        (await _tool.VerifyAsync(OfClass(name), "--class", "session", "--class", "template", "--class", "m2m", "--class", "oauth", "--machine", TokenForge.ReceiverId)).IsAccepted();

    [Theory]
    [MemberData(nameof(RefusalNames))]
    [Proves("G10", "G29", "G30", "G31", "G36", "G38")]
    public async Task Refused_with_its_reason(string name)
    {
        var (reason, token, options) = Refusals[name];
        (await _tool.VerifyAsync(token(_tool.Forge), With(options))).IsRefusedFor(reason);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public async Task Inspect_says_first_what_verify_says(string name)
    {
        var (reason, token, options) = Refusals[name];
        string[] keys = options.Contains("--jwks") ? [] : ["--jwks", _tool.Jwks];
        var run = await _tool.InspectAsync(token(_tool.Forge), ["--json", .. keys, .. With(options)]);
        Assert.Equal(reason, run.Json["objections"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("--issuer", "https://test-1.clerk.accounts.dev")]
    [InlineData("--azp", TokenForge.Origin)]
    [InlineData("--azp", "https://other.example.com", "--azp", TokenForge.Origin)]
    [InlineData("--skew", "0")]
    [InlineData("--production")]
    [InlineData("--json")]
    public async Task Session_meets_these_demands(params string[] options) => (await _tool.VerifyAsync(_tool.Forge.Session(), options)).IsAccepted();

    [Fact]
    public async Task One_of_several_audiences_is_enough() =>
        (await _tool.VerifyAsync(_tool.Forge.Template(claims => claims["aud"] = new JsonArray("a", "b")), "--class", "template", "--audience", "b")).IsAccepted();

    [Fact]
    public async Task Skew_is_given_to_both_ends()
    {
        (await _tool.VerifyAsync(Lives(_tool.Forge, 0, -59), "--skew", "60")).IsAccepted();
        (await _tool.VerifyAsync(_tool.Forge.Session(claims => claims["iat"] = At(_tool.Forge) + 60), "--skew", "60")).IsAccepted();
    }

    [Fact]
    public async Task Without_an_issuer_any_is_taken_that_these_keys_sign_for()
    {
        (await _tool.VerifyAsync(_tool.Forge.Session(claims => claims["iss"] = "https://elsewhere.example.com"))).IsAccepted();
        var nameless = await _tool.VerifyAsync(_tool.Forge.Session(claims => claims.Remove("iss")));
        nameless.IsAccepted();
        Assert.Null(nameless.Json["iss"]);
    }

    [Fact]
    public async Task Without_at_the_clock_is_now() =>
        (await TokenTool.RunAsync("", "token", "verify", "--jwks", _tool.Jwks, _tool.Forge.Session())).IsRefusedFor("expired");

    [Fact]
    public async Task Pem_serves_for_every_key_id()
    {
        string[] pem = ["token", "verify", "--pem", _tool.Pem, "--at", _tool.Now];
        (await TokenTool.RunAsync("", [.. pem, _tool.Forge.Session(header: header => header["kid"] = "ins_2Any")])).IsAccepted();
        (await TokenTool.RunAsync("", [.. pem, new TokenForge(_tool.Clock, 2).Session()])).IsRefusedFor("signature");
    }

    [Fact]
    public async Task Token_is_read_from_standard_input_without_what_surrounds_it()
    {
        string[] verify = ["token", "verify", "--jwks", _tool.Jwks, "--at", _tool.Now];
        (await TokenTool.RunAsync($"{_tool.Forge.Session()}\r\n", verify)).IsAccepted();
        (await TokenTool.RunAsync("", verify)).IsRefusedFor("malformed");
        (await TokenTool.RunAsync([0xff, 0xfe, 0x00], verify)).IsRefusedFor("malformed");
        (await TokenTool.RunAsync(new EndlessStream('A'), verify)).IsRefusedFor("too-large");
    }

    [Fact]
    public async Task Bad_key_in_the_set_is_left_out_and_the_rest_serve()
    {
        var jwks = _tool.Write("mixed.json", Keys(_tool.Forge, """{"kty":"RSA","kid":"ins_2Weak","n":"AQAB","e":"AQAB"}""", """{"kty":"oct","kid":"secret","k":"AAAA"}""", "7"));
        var run = await _tool.VerifyAsync(_tool.Forge.Session(), "--jwks", jwks);
        run.IsAccepted();
        Assert.Contains("2 of the keys are weak or of another kind", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_key_is_said_to_be_local_and_is_refused_in_production()
    {
        var token = new LocalClerkTokens().ForUser("ada", new LocalTokenRequest { Origin = TokenForge.Origin }).Token!;
        await using var clerk = LocalClerk.Build(["--urls", "http://127.0.0.1:0"], services: services => services.AddLogging(logging => logging.ClearProviders()));
        await clerk.StartAsync();
        var address = $"{clerk.Urls.Single()}/v1/jwks";

        var admitted = await TokenTool.RunAsync("", "token", "verify", "--jwks", _tool.Write("local.json", await LocalKeysAsync(address)), token);
        admitted.IsAccepted();
        Assert.True(admitted.Json["local"]!.GetValue<bool>());
        var jwks = Path.Combine(Path.GetDirectoryName(_tool.Jwks)!, "local.json");
        (await TokenTool.RunAsync("", "token", "verify", "--jwks", jwks, "--production", token)).IsRefusedFor("published-key");
        Assert.Contains("with which anybody can sign", (await TokenTool.RunAsync("", "token", "inspect", "--jwks", jwks, token)).Output, StringComparison.Ordinal);
        Assert.EndsWith("It would be refused: published-key.\n", (await TokenTool.RunAsync("", "token", "inspect", "--jwks", jwks, "--production", token)).Output, StringComparison.Ordinal);
        (await TokenTool.RunAsync("", "token", "verify", "--jwks", jwks, "--azp", "https://other.example.com", token)).IsRefusedFor("authorized-party");
    }

    [Fact]
    public async Task Answer_is_one_line_of_plain_letters_whatever_the_token_holds()
    {
        var claims = _tool.Forge.SessionClaims();
        claims["name"] = "Zo\u00eb\u2028\u009b31m\u007f\u001b[2J";
        var payload = claims.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var run = await _tool.VerifyAsync(_tool.Forge.Sign(_tool.Forge.Header().ToJsonString(), payload));
        run.IsAccepted();
        Assert.Single(run.Lines);
        Assert.DoesNotContain(run.Output[..^1], letter => letter is < ' ' or > '~');
        Assert.Equal("Zo\u00eb\u2028\u009b31m\u007f\u001b[2J", run.Json["claims"]!["name"]!.GetValue<string>());
    }

    private string[] With(string[] options)
    {
        var weak = _tool.Write("weak.json", Keys(_tool.Forge, """{"kty":"RSA","use":"sig","kid":"ins_2Weak","n":"AQAB","e":"AQAB"}"""));
        return Array.ConvertAll(options, option => option.Replace("{weak}", weak, StringComparison.Ordinal));
    }

    private string OfClass(string name) => name switch
    {
        "session" => _tool.Forge.Session(),
        "template" => _tool.Forge.Template(),
        "m2m" => _tool.Forge.M2M(),
        _ => _tool.Forge.OAuth(),
    };

    private static async Task<string> LocalKeysAsync(string address)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", LocalClerkDefaults.SecretKey) } };
        return await http.GetStringAsync(new Uri(address));
    }

    private static string Lives(TokenForge forge, int from, int until) =>
        forge.Session(claims => (claims["iat"], claims["exp"]) = (At(forge) + from - (until < 0 ? 60 : 0), At(forge) + until));

    private static long At(TokenForge forge) => forge.SessionClaims()["iat"]!.GetValue<long>();

    private static string Keys(TokenForge forge, params string[] more)
    {
        var keys = JsonNode.Parse(forge.Jwks)!;
        foreach (var key in more)
        {
            keys["keys"]!.AsArray().Insert(0, JsonNode.Parse(key));
        }

        return keys.ToJsonString();
    }
}
