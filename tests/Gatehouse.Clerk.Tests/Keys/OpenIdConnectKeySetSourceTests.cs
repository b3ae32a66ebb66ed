using System.Collections.Frozen;
using System.Security.Cryptography;
using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.Keys;

public sealed class OpenIdConnectKeySetSourceTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly Discovery _issuer = new();
    private readonly HttpClient _http;

    public OpenIdConnectKeySetSourceTests() => _http = new HttpClient(_issuer);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Keys_are_found_by_the_discovery_document()
    {
        var source = Source();

        Assert.True((await FindAsync(source, "first")).Found);
        Assert.True((await FindAsync(source, "first")).Found);
        Assert.Equal([Discovery.DocumentAt, "https://keys.example/jwks?v=1"], _issuer.Fetched);
    }

    [Fact]
    public async Task Configured_address_needs_no_discovery()
    {
        var source = Source(options: new OpenIdConnectIssuerOptions { KeySetAddress = new Uri("https://keys.example/jwks?v=1") });

        Assert.True((await FindAsync(source, "first")).Found);
        Assert.Equal(["https://keys.example/jwks?v=1"], _issuer.Fetched);
    }

    [Fact]
    public async Task Thousand_callers_share_one_discovery()
    {
        var source = Source();

        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => FindAsync(source, "first")))),
            lookup => Assert.True(lookup.Found));
        Assert.Equal(2, _issuer.Fetched.Count);
    }

    [Fact]
    [Proves("G9")]
    public async Task Unknown_kids_cost_one_fetch_per_cooldown_and_no_discovery()
    {
        var source = Source();
        await FindAsync(source, "first");
        for (var cooldown = 1; cooldown <= 3; cooldown++)
        {
            _clock.AdvanceSeconds(10);
            for (var i = 0; i < 10_000; i++)
            {
                Assert.Equal(KeyLookup.Unknown, await FindAsync(source, $"unknown-{i}"));
            }

            Assert.Equal(2 + cooldown, _issuer.Fetched.Count);
        }
    }

    [Fact]
    public async Task Keys_that_moved_are_found_at_their_new_place()
    {
        var source = Source();
        await FindAsync(source, "first");
        _issuer.Documents[Discovery.DocumentAt] = $$"""{"issuer":"{{Discovery.Issuer}}","jwks_uri":"https://keys.example/new"}""";
        _issuer.Documents["https://keys.example/new"] = Specimens.Jwks(Specimens.OtherJwk("second"));
        _issuer.Documents.Remove("https://keys.example/jwks?v=1");
        _clock.AdvanceSeconds(10);
        Assert.Equal(KeyLookup.Unavailable, await FindAsync(source, "second"));
        Assert.True((await FindAsync(source, "first")).Found);

        _clock.AdvanceSeconds(10);
        Assert.True((await FindAsync(source, "second")).Found);
        Assert.Equal(KeyLookup.Unknown, await FindAsync(source, "first"));
    }

    [Fact]
    public async Task Discovery_is_repeated_each_hour()
    {
        var source = Source();
        await FindAsync(source, "first");
        _clock.Advance(TimeSpan.FromHours(1));

        await FindAsync(source, "unknown");

        Assert.Equal(2, _issuer.Fetched.Count(address => address == Discovery.DocumentAt));
    }

    [Fact]
    public async Task Outage_of_the_discovery_leaves_the_last_known_keys()
    {
        var source = Source();
        await FindAsync(source, "first");
        _issuer.Documents.Clear();
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.True((await FindAsync(source, "first")).Found);
        Assert.Equal(KeyLookup.Unavailable, await FindAsync(source, "second"));
    }

    [Theory]
    [InlineData("""{"issuer":"https://id.example/tenant/","jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://ID.example/tenant","jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://evil.example","jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://evil.example","issuer":"https://id.example/tenant","jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":["https://id.example/tenant"],"jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"jwks_uri":"https://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"http://keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"http://127.0.0.1/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"https://localhost/jwks"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"https://a:b@keys.example/jwks?v=1"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"file:///etc/keys"}""")]
    [InlineData("""{"issuer":"https://id.example/tenant","jwks_uri":"/jwks"}""")]
    [InlineData("""["https://id.example/tenant"]""")]
    [InlineData("<html>")]
    [InlineData("")]
    [Proves("G22")]
    public async Task Document_that_is_not_the_issuers_own_or_leads_astray_is_no_answer(string document)
    {
        _issuer.Documents[Discovery.DocumentAt] = document;

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(Source(), "first"));
        Assert.Equal([Discovery.DocumentAt], _issuer.Fetched);
    }

    [Fact]
    public async Task Document_over_the_limit_is_no_answer()
    {
        _issuer.Documents[Discovery.DocumentAt] = _issuer.Documents[Discovery.DocumentAt].PadRight(2000);

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(Source(options: new OpenIdConnectIssuerOptions { MaximumBytes = 1024 }), "first"));
    }

    [Fact]
    public async Task Issuer_whose_name_ends_in_a_slash_is_asked_without_doubling_it()
    {
        _issuer.Documents[Discovery.DocumentAt] = """{"issuer":"https://id.example/tenant/","jwks_uri":"https://keys.example/jwks?v=1"}""";

        Assert.True((await FindAsync(Source("https://id.example/tenant/"), "first")).Found);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Source("http://id.example", new OpenIdConnectIssuerOptions
        {
            KeySetAddress = new Uri("http://keys.example"),
            Cooldown = TimeSpan.Zero,
            MaximumBytes = 1,
        }));

        Assert.Equal(
            [
                "the issuer must be an absolute https address (http only on loopback), without user, query or fragment",
                "Property KeySetAddress: must be an absolute https address (http only on loopback), without user or fragment",
                "Cooldown must be 1 second to 1 hour",
                "MaximumBytes must be 1 KiB to 16 MiB",
            ],
            refused.Failures);
    }

    [Fact]
    public async Task Registered_issuers_tokens_enter_for_a_named_audience_over_real_HTTP()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await StandIn.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => $$"""{"issuer":"http://{{context.Request.Host}}","jwks_uri":"http://{{context.Request.Host}}/jwks"}""",
            _ => Specimens.Jwks(Specimens.EcJwk("ec", key)),
        }));
        var name = server.Address.AbsoluteUri.TrimEnd('/');
        using var services = new ServiceCollection()
            .AddLogging()
            .AddOpenIdConnectIssuer(name)
            .AddOpenIdConnectIssuer(name, options => options.Cooldown = TimeSpan.FromSeconds(1))
            .AddOpenIdConnectIssuer("https://other.example")
            .BuildServiceProvider();
        var issuers = services.GetServices<TokenIssuer>().ToArray();
        Assert.Equal([name, "https://other.example"], issuers.Select(issuer => issuer.Name));
        Assert.Same(issuers[0], services.GetRequiredKeyedService<TokenIssuer>(name));
        var verifier = new TokenVerifier(issuers, _clock);
        var token = Specimens.SignedJwt(key, "ec", name, "api", _clock.GetUtcNow());
        var entrance = new Entrance { Classes = TokenClass.OAuth, Audiences = FrozenSet.Create("api") };

        Assert.Equal(TokenFailure.Unverified, (await verifier.VerifyAsync(token, entrance, CancellationToken.None)).Failure);
        Assert.Equal(
            TokenFailure.Audience, (await verifier.VerifyAsync(token, entrance with { Audiences = [] }, CancellationToken.None)).Failure);
    }

    [Fact]
    public void Registered_issuer_with_a_fault_stops_the_start()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddOpenIdConnectIssuer("http://id.example")
            .BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    private OpenIdConnectKeySetSource Source(string issuer = Discovery.Issuer, OpenIdConnectIssuerOptions? options = null) =>
        new(_http, issuer, options, _clock);

    private static Task<KeyLookup> FindAsync(OpenIdConnectKeySetSource source, string keyId) =>
        source.FindAsync(keyId, CancellationToken.None).AsTask();
}
