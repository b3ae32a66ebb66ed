using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using ShtetlZmanim.Tests.Support;

namespace ShtetlZmanim.Tests;

/// <summary>Who comes in, and what those read who do not.</summary>
[Proves("Z31")]
public sealed class AccessTests
{
    private const string Missing = "Missing M2M token";
    private const string Invalid = "Invalid M2M token";
    private const string UserToken = "User tokens not accepted for external API";

    private static readonly string[] Endpoints = [ShtetlHost.Health, ShtetlHost.Usage, ShtetlHost.Jerusalem];

    private static readonly Dictionary<string, (string Code, string Error, Func<ShtetlHost, string?> Make)> Tokens = new()
    {
        ["none"] = ("unauthenticated", Missing, _ => null),
        ["not a token"] = ("malformed", Invalid, _ => "not-a-token"),
        ["a person's"] = ("class", UserToken, host => host.Forge.Session()),
        ["a person's, without any metadata"] = ("class", UserToken, host => host.Forge.Session(WithoutMetadata)),
        ["a person's, whose metadata calls it a machine"] = ("class", UserToken, host => host.Forge.Session(claims => claims["scopes"] = TokenForge.ReceiverId)),
        ["a template's"] = ("class", UserToken, host => host.Forge.Template()),
        ["an application's in a person's name"] = ("class", UserToken, host => host.Forge.OAuth()),
        ["a person's under a machine's header"] = ("class", UserToken, host => host.Forge.Sign(host.Forge.Header(TokenForge.M2MCategory).ToJsonString(), host.Forge.SessionClaims().ToJsonString())),
        ["a machine's under a person's header"] = ("class", UserToken, host => host.Forge.Sign(host.Forge.Header().ToJsonString(), host.Forge.M2MClaims().ToJsonString())),
        ["of a machine that may not come here"] = ("scope", Invalid, host => host.Forge.M2M(claims => (claims["aud"], claims["scopes"]) = (new JsonArray("mch_other"), "mch_other"))),
        ["of a machine that may go nowhere"] = ("scope", Invalid, host => host.Forge.M2M(claims => { claims.Remove("aud"); claims.Remove("scopes"); })),
        ["of another instance's machine"] = ("key-unknown", Invalid, host => new TokenForge(host.Clock, instance: 2).M2M()),
        ["of another instance under our key's name"] = ("signature", Invalid, host => new TokenForge(host.Clock, instance: 2).M2M(null, header => header["kid"] = host.Forge.KeyId)),
        ["in another's name"] = ("issuer", Invalid, host => host.Forge.M2M(claims => claims["iss"] = "https://evil.example.com")),
        ["expired"] = ("expired", Invalid, host => host.Forge.M2M(claims => Shift(claims, -3600))),
        ["not yet valid"] = ("not-yet-valid", Invalid, host => host.Forge.M2M(claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 60)),
        ["that lives for a year"] = ("lifetime", Invalid, host => host.Forge.M2M(claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 31_536_000)),
        ["unsigned"] = ("algorithm", Invalid, host => host.Forge.M2M(header: header => header["alg"] = "none")),
        ["opaque, with nobody to ask"] = ("needs-clerk", Invalid, _ => "mt_0123456789abcdef0123456789abcdef"),
    };

    public static TheoryData<string> Names => [.. Tokens.Keys];

    [Fact]
    [Proves("Z1", "Z2", "Z12", "Z14", "Z26", "Z29")]
    public async Task A_machine_enters_and_is_known_by_its_client_id()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        using var response = await shtetl.GetAsync(ShtetlHost.Health, shtetl.Forge.M2M());
        Assert.Equal(200, (int)response.StatusCode);
        var health = await response.JsonAsync();
        Assert.Equal(("ok", TokenForge.MachineId), (health.Text("status"), health.Text("client_id")));
        Assert.Equal(["status", "client_id"], health.Names());
    }

    [Theory]
    [Proves("Z3", "Z8", "Z9", "Z10", "Z11", "Z13", "Z27", "Z28", "Z33", "Z34")]
    [MemberData(nameof(Names))]
    public async Task A_token_that_is_no_machines_for_here_is_401_at_every_endpoint(string name)
    {
        // The key set as Clerk serves it: a lone PEM would stand for every key's name.
        await using var shtetl = await ShtetlHost.StartAsync(
            services => services.AddSingleton<IKeySetSource>(new FixedKeySource(new TokenForge(TimeProvider.System).Keys)));
        var (code, error, make) = Tokens[name];
        var token = make(shtetl);
        foreach (var path in Endpoints)
        {
            using var response = await shtetl.GetAsync(path, token);
            await response.RefusedAsync(401, code, error);
            Assert.StartsWith("Bearer realm=\"shtetl-zmanim\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(shtetl.Log.Alarms);
        Assert.All(shtetl.Log.Lines, line => Assert.DoesNotContain(token ?? "Bearer ", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [Proves("Z8")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Token abc")]
    [InlineData("mt_0123456789abcdef0123456789abcdef")]
    public async Task Another_scheme_than_Bearer_is_no_token(string header)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, ShtetlHost.Health);
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await shtetl.Client.SendAsync(request);
        await response.RefusedAsync(401, "malformed", Missing);
    }

    [Theory]
    [Proves("Z9")]
    [InlineData(RevocationKind.Machine, TokenForge.MachineId)]
    [InlineData(RevocationKind.Token, "mt_0123456789abcdef0123456789abcdef")]
    public async Task A_machine_or_token_that_was_revoked_is_refused_at_once(RevocationKind kind, string value)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var token = shtetl.Forge.M2M();
        using var before = await shtetl.GetAsync(ShtetlHost.Health, token);
        shtetl.Revoke(kind, value);
        using var after = await shtetl.GetAsync(ShtetlHost.Health, token);
        Assert.Equal(200, (int)before.StatusCode);
        await after.RefusedAsync(401, "revoked", Invalid);
    }

    [Fact]
    [Proves("Z23")]
    public async Task Each_kind_of_refusal_says_what_to_do_in_words_of_its_own()
    {
        await using var shtetl = await ShtetlHost.StartAsync(KnownKeys.Add);
        shtetl.Revoke(RevocationKind.Machine, "mch_revoked");
        var messages = new Dictionary<string, string>();
        (string Kind, string? Token)[] refusals =
        [
            .. ((string[])["none", "a person's", "of a machine that may not come here", "expired", "not yet valid", "that lives for a year", "in another's name", "unsigned", "not a token"])
                .Select(name => (name, Tokens[name].Make(shtetl))),
            ("revoked", shtetl.TokenOf("mch_revoked")),
            ("out of scope", KnownKeys.Of("user_1", "other.read")),
        ];
        foreach (var (kind, token) in refusals)
        {
            using var response = await shtetl.GetAsync(ShtetlHost.Health, token);
            messages[kind] = (await response.JsonAsync()).Text("message");
        }

        Assert.Equal(refusals.Length, messages.Values.Distinct().Count());
    }

    [Fact]
    [Proves("Z22")]
    public async Task An_API_key_enters_by_its_scope_and_for_its_subject()
    {
        await using var shtetl = await ShtetlHost.StartAsync(KnownKeys.Add);
        using var admitted = await shtetl.GetAsync(ShtetlHost.Health, KnownKeys.Of("user_1"));
        Assert.Equal("user_1", (await admitted.JsonAsync()).Text("client_id"));
        foreach (var path in Endpoints)
        {
            using var refused = await shtetl.GetAsync(path, KnownKeys.Of("user_1", "other.read"));
            var problem = await refused.RefusedAsync(403, "forbidden", "Forbidden");
            Assert.Contains("zmanim:read", problem.Text("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/external/nothing", 404, "not-found", "Not Found")]
    [InlineData("POST", ShtetlHost.Health, 405, "method-not-allowed", "Method Not Allowed")]
    [InlineData("DELETE", ShtetlHost.Zmanim, 405, "method-not-allowed", "Method Not Allowed")]
    public async Task What_is_not_there_is_refused_in_the_same_form(string method, string path, int status, string code, string error)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        using var response = await shtetl.SendAsync(new HttpMethod(method), path, shtetl.Forge.M2M());
        await response.RefusedAsync(status, code, error);
    }

    private static void WithoutMetadata(JsonObject claims)
    {
        foreach (var name in claims.Select(claim => claim.Key).Except(["sub", "sid", "iss", "iat", "exp", "nbf"]).ToList())
        {
            claims.Remove(name);
        }
    }

    private static void Shift(JsonObject claims, int seconds)
    {
        foreach (var name in (string[])["iat", "nbf", "exp"])
        {
            claims[name] = claims[name]!.GetValue<long>() + seconds;
        }
    }
}
