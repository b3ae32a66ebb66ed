using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Hemera.Tests;

/// <summary>Every kind of token that is refused, in one table: 401, a reason, and nothing that helps whoever made it.</summary>
public sealed class BadTokenTests
{
    private static readonly Dictionary<string, (string Code, Func<HemeraHost, string?> Make)> Tokens = new()
    {
        ["none"] = ("unauthenticated", _ => null),
        ["not a token"] = ("malformed", _ => "not-a-token"),
        ["two parts"] = ("malformed", host => host.TokenOf("admin")[..^10].Replace('.', '-')),
        ["no signature"] = ("signature", host => string.Join('.', host.TokenOf("admin").Split('.')[..2]) + "."),
        ["payload that is not JSON"] = ("malformed", host => host.Forge.Sign(host.Forge.Header().ToJsonString(), "{")),
        ["payload that is an array"] = ("malformed", host => host.Forge.Sign(host.Forge.Header().ToJsonString(), "[]")),
        ["oversized"] = ("too-large", host => host.Forge.Session(claims => claims["role"] = new string('a', 20_000))),
        ["unsigned"] = ("algorithm", host => host.Forge.Session(header: header => header["alg"] = "none")),
        ["signed as HS256"] = ("algorithm", host => host.Forge.Session(header: header => header["alg"] = "HS256")),
        ["of an unknown key"] = ("key-unknown", host => host.Forge.Session(header: header => header["kid"] = "ins_2Other")),
        ["of an unknown type"] = ("type", host => host.Forge.Session(header: header => header["typ"] = "secevent+jwt")),
        ["tampered"] = ("signature", host => Tamper(host.TokenOf("participant"))),
        ["of another instance"] = ("key-unknown", host => new TokenForge(host.Clock, instance: 2).Session()),
        ["of another instance under our key's name"] = ("signature", host => new TokenForge(host.Clock, instance: 2).Session(
            claims => claims["iss"] = host.Forge.IssuerName, header => header["kid"] = host.Forge.KeyId)),
        ["with another issuer"] = ("issuer", host => host.Forge.Session(claims => claims["iss"] = "https://evil.example.com")),
        ["of another party"] = ("authorized-party", host => host.Forge.Session(claims => claims["azp"] = "https://evil.example.com")),
        ["without a party"] = ("authorized-party", host => host.Forge.Session(claims => claims.Remove("azp"))),
        ["expired"] = ("expired", host => host.Forge.Session(claims => Shift(claims, -3600))),
        ["not yet valid"] = ("not-yet-valid", host => host.Forge.Session(claims => claims["nbf"] = Now(host) + 30)),
        ["issued in the future"] = ("issued-in-future", host => host.Forge.Session(claims => claims["iat"] = Now(host) + 30)),
        ["too long-lived"] = ("lifetime", host => host.Forge.Session(claims => claims["exp"] = Now(host) + 86_400)),
        ["without an end"] = ("malformed", host => host.Forge.Session(claims => claims.Remove("exp"))),
        ["an OAuth token"] = ("class", host => host.Forge.OAuth()),
        ["an API key"] = ("class", _ => "ak_0123456789abcdef0123456789abcdef"),
        ["an opaque machine token"] = ("needs-clerk", _ => "mt_0123456789abcdef0123456789abcdef"),
        ["of a machine that is not scoped to Hemera"] = ("scope", host => host.Forge.M2M(claims =>
        {
            claims["scopes"] = Some.MachineId();
            claims["aud"] = new JsonArray(Some.MachineId());
        })),
        ["of a session with a task left"] = ("pending", host => host.Forge.Session(claims => claims["sts"] = "pending")),
        ["of a template without its service"] = ("audience", host => host.Forge.Template(claims => claims["role"] = "admin")),
    };

    public static TheoryData<string> Names => [.. Tokens.Keys];

    [Theory]
    [Proves("A30")]
    [MemberData(nameof(Names))]
    public async Task A_bad_token_is_401(string name)
    {
        // The key set as Clerk serves it: a lone PEM would stand for every key's name.
        await using var hemera = await HemeraHost.StartAsync(
            services => services.AddSingleton<IKeySetSource>(new FixedKeySource(new TokenForge(TimeProvider.System).Keys)),
            ("Gatehouse:AuthorizedParties:0", TokenForge.Origin));
        var (code, make) = Tokens[name];
        var token = make(hemera);
        foreach (var path in (string[])[HemeraHost.Courses, HemeraHost.Course, HemeraHost.Participation, $"{HemeraHost.Courses}/unknown"])
        {
            using var response = await hemera.GetAsync(path, token);
            await response.RefusedAsync(401, code, "Unauthorized");
            Assert.StartsWith("Bearer realm=\"hemera\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        using var put = await hemera.SendAsync(HttpMethod.Put, HemeraHost.Result, token);
        await put.RefusedAsync(401, code, "Unauthorized");
        Assert.Empty(hemera.Log.Alarms);
        Assert.All(hemera.Log.Lines, line => Assert.DoesNotContain(token ?? "Bearer ", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer a b")]
    [InlineData("Token abc")]
    public async Task Another_scheme_is_401(string header)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, HemeraHost.Courses);
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await hemera.Client.SendAsync(request);
        await response.RefusedAsync(401, "malformed", "Unauthorized");
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    public async Task A_header_beyond_what_the_server_reads_is_431_and_nobodys_error()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync(HemeraHost.Courses, new string('a', 100_000));
        Assert.Equal(431, (int)response.StatusCode);
        Assert.Empty(hemera.Log.Alarms);
    }

    private static long Now(HemeraHost host) => host.Clock.GetUtcNow().ToUnixTimeSeconds();

    private static void Shift(JsonObject claims, int seconds)
    {
        foreach (var name in (string[])["iat", "nbf", "exp"])
        {
            claims[name] = claims[name]!.GetValue<long>() + seconds;
        }
    }

    private static string Tamper(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        claims["role"] = "admin";
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }
}
