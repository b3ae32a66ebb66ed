using System.Text.Json.Nodes;
using Analyzer.Access;
using Gatehouse.AspNetCore.Problems;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Analyzer.Tests;

/// <summary>Who is let in, and what the others read, to the letter.</summary>
public sealed class TokenTests
{
    private const string Path = "/api/user_modules/user/" + TokenForge.UserId;

    /// <summary>Every kind of refused credential: what is shown, the code, and the words.</summary>
    private static readonly Dictionary<string, (Func<TokenForge, string?> Show, string Code, string Detail)> Refused = new()
    {
        ["another instance's key"] = (forge => Bearer(Other(forge).Session()), "key-unknown", "Invalid token: Key not found"),
        ["no key id"] = (forge => Bearer(forge.Session(header: header => header.Remove("kid"))), "key-unknown", "Invalid token: Key not found"),
        ["no subject"] = (forge => Bearer(forge.Session(claims => claims.Remove("sub"))), "malformed", "Invalid token: User ID not found"),
        ["a null subject"] = (forge => Bearer(forge.Session(claims => claims["sub"] = null)), "malformed", "Invalid token: User ID not found"),
        ["an empty subject"] = (forge => Bearer(forge.Session(claims => claims["sub"] = "")), "class", "Invalid token: User ID not found"),
        ["a subject that is no text"] = (forge => Bearer(forge.Session(claims => claims["sub"] = 7)), "malformed", "Invalid token: Error decoding token"),
        ["a subject that is no user"] = (forge => Bearer(forge.Session(claims => claims["sub"] = "org_1")), "class", "Invalid token: This kind of token is not accepted"),
        ["tampered claims"] = (forge => Bearer(Tampered(forge)), "signature", "Invalid token: Signature verification failed."),
        ["a bad signature"] = (forge => Bearer(forge.Session()[..^8] + "AAAAAAAA"), "signature", "Invalid token: Signature verification failed."),
        ["no algorithm"] = (forge => Bearer(forge.Session(header: header => header["alg"] = "none")), "algorithm", "Invalid token: The specified alg value is not allowed"),
        ["the public key as a secret"] = (forge => Bearer(forge.Session(header: header => header["alg"] = "HS256")), "algorithm", "Invalid token: The specified alg value is not allowed"),
        ["another RSA algorithm"] = (forge => Bearer(forge.Session(header: header => header["alg"] = "RS512")), "algorithm", "Invalid token: The specified alg value is not allowed"),
        ["another type"] = (forge => Bearer(forge.Session(header: header => header["typ"] = "secret+jwt")), "type", "Invalid token: Token type is not known"),
        ["expired"] = (forge => Bearer(forge.Session(claims => Age(claims, 66))), "expired", "Invalid token: Signature has expired."),
        ["not begun"] = (forge => Bearer(forge.Session(claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 30)), "not-yet-valid", "Invalid token: The token is not yet valid (nbf)"),
        ["from the future"] = (forge => Bearer(forge.Session(claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 30)), "issued-in-future", "Invalid token: The token is not yet valid (iat)"),
        ["too long a life"] = (forge => Bearer(forge.Session(claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 7_200)), "lifetime", "Invalid token: Lifetime is too long"),
        ["another issuer"] = (forge => Bearer(forge.Session(claims => claims["iss"] = "https://clerk.example.com")), "issuer", "Invalid token: Invalid issuer"),
        ["an origin that is not listed"] = (forge => Bearer(forge.Session(claims => claims["azp"] = "https://evil.example.com")), "authorized-party", "Invalid token: Invalid authorized party"),
        ["no origin"] = (forge => Bearer(forge.Session(claims => claims.Remove("azp"))), "authorized-party", "Invalid token: Invalid authorized party"),
        ["a pending session"] = (forge => Bearer(forge.Session(claims => claims["sts"] = "pending")), "pending", "Invalid token: Session is pending"),
        ["a template's token"] = (forge => Bearer(forge.Template()), "class", "Invalid token: This kind of token is not accepted"),
        ["a machine's token"] = (forge => Bearer(forge.M2M()), "class", "Invalid token: This kind of token is not accepted"),
        ["an application's token"] = (forge => Bearer(forge.OAuth()), "class", "Invalid token: This kind of token is not accepted"),
        ["a key that nobody knows"] = (_ => Bearer("ak_unknown"), "unknown", "Invalid token: Token is not known"),
        ["an opaque machine token"] = (_ => Bearer("mt_0123456789abcdef0123456789abcdef"), "class", "Invalid token: This kind of token is not accepted"),
        ["nonsense"] = (_ => Bearer("nonsense"), "malformed", "Invalid token: Error decoding token"),
        ["three parts of nonsense"] = (_ => Bearer("a.b.c"), "malformed", "Invalid token: Error decoding token"),
        ["a huge token"] = (_ => Bearer(new string('a', 20_000)), "too-large", "Invalid token: Token is too large"),
        ["a good token under another scheme"] = (forge => $"Basic {forge.Session()}", "malformed", "Invalid authentication credentials"),
        ["user and password"] = (_ => "Basic Z3JhY2U6cGFzc3dvcmQ=", "malformed", "Invalid authentication credentials"),
        ["a good token without a scheme"] = (forge => forge.Session(), "malformed", "Invalid authentication credentials"),
        ["a scheme alone"] = (_ => "Bearer", "malformed", "Invalid authentication credentials"),
        ["nothing"] = (_ => null, "unauthenticated", "Not authenticated"),
    };

    public static TheoryData<string> Kinds => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Proves("G6", "G8", "G9", "G10", "G11", "G13", "G29", "G30", "G31", "G35", "G36", "G38")]
    public async Task What_is_no_good_token_is_refused_in_words_that_clients_know(string kind)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var (show, code, detail) = Refused[kind];
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (show(analyzer.Forge) is { } header)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using var response = await analyzer.Client.SendAsync(request);
        await response.RefusedAsync(401, code, detail);
        var challenge = code == "unauthenticated" ? "Bearer realm=\"analyzer\"" : $"Bearer realm=\"analyzer\", error=\"invalid_token\", error_description=\"{code}\"";
        Assert.Equal(challenge, response.Header("WWW-Authenticate"));
        Assert.Equal(0L, analyzer.Read<long>("SELECT count(*) FROM users"));
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    [Proves("G6", "G10", "G33")]
    public async Task A_good_token_is_taken_whatever_the_case_of_its_scheme()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        foreach (var scheme in (string[])["Bearer", "bearer", "BEARER"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {analyzer.Forge.Session()}");
            using var response = await analyzer.Client.SendAsync(request);
            Assert.Equal("""{"modules":[],"next":null}""", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    [Proves("G6")]
    public async Task Two_headers_are_refused_though_one_of_them_is_good()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var token = analyzer.Forge.Session();
        var answer = await RawHttp.SendAsync(
            analyzer.Client.BaseAddress!,
            $"GET {Path} HTTP/1.1\r\nHost: analyzer\r\nAuthorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("G10", "G40")]
    public async Task Where_an_audience_is_configured_a_token_must_name_it()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Gatehouse:Audiences:0", "your-audience"));
        await analyzer.GetAsync(Path).RefusedAsync(401, "audience", "Invalid token: Invalid audience");
        await analyzer.GetAsync(Path, analyzer.Forge.Session(claims => claims["aud"] = "another")).RefusedAsync(401, "audience", "Invalid token: Invalid audience");
        await analyzer.GetAsync(Path, analyzer.Forge.Session(claims => claims["aud"] = "your-audience")).OkAsync();
    }

    [Theory]
    [Proves("G19", "G21", "G23")]
    [InlineData("X-User-ID")]
    [InlineData("X-User-Id")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Clerk-User-Id")]
    [InlineData("Cookie", "__session=")]
    public async Task Nothing_but_the_token_says_who_calls(string header, string prefix = "")
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var ada = Some.UserId();
        var value = prefix.Length == 0 ? ada : prefix + analyzer.TokenOf(ada);
        using var nobody = await analyzer.SendAsync(HttpMethod.Get, AnalyzerHost.ModulesOf(ada), token: null, headers: (header, value));
        await nobody.RefusedAsync(401, "unauthenticated", "Not authenticated");
        using var me = await analyzer.SendAsync(HttpMethod.Get, AnalyzerHost.ModulesOf(ada), analyzer.Forge.Session(), headers: (header, value));
        await me.RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        Assert.Equal(AnalyzerHost.Me, analyzer.Read<string>("SELECT group_concat(id) FROM users"));
    }

    [Fact]
    [Proves("G24")]
    public async Task A_token_that_was_seen_is_still_held_to_its_time()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var token = analyzer.Forge.Session();
        await analyzer.GetAsync(Path, token).OkAsync();
        await analyzer.GetAsync(Path, token).OkAsync();
        analyzer.Clock.AdvanceSeconds(66);
        await analyzer.GetAsync(Path, token).RefusedAsync(401, "expired", "Invalid token: Signature has expired.");
    }

    [Fact]
    [Proves("G13", "G14")]
    public void Every_failure_has_words_of_its_own_and_what_is_our_fault_is_not_called_the_tokens()
    {
        var problems = new ProblemTextOptions();
        TokenTexts.Configure(problems);
        foreach (var failure in Enum.GetValues<TokenFailure>())
        {
            var ours = failure.IsOurs() || failure is TokenFailure.Unverified or TokenFailure.NeedsClerk;
            Assert.StartsWith(ours ? "Authentication error: " : "Invalid token: ", problems.TextsByCode[failure.ToCode()], StringComparison.Ordinal);
        }
    }

    private static string Bearer(string token) => $"Bearer {token}";

    private static TokenForge Other(TokenForge _) => new(new TestClock(), instance: 2);

    private static void Age(JsonObject claims, long seconds)
    {
        foreach (var name in (string[])["iat", "nbf", "exp"])
        {
            claims[name] = claims[name]!.GetValue<long>() - seconds;
        }
    }

    // Another user's id under the signature of mine.
    private static string Tampered(TokenForge forge)
    {
        var mine = forge.Session().Split('.');
        var hers = forge.Session(claims => claims["sub"] = "user_2LocalAdminAda0000000000001").Split('.');
        return $"{mine[0]}.{hers[1]}.{mine[2]}";
    }
}
