using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class CacheTests
{
    private readonly TestClock _clock = new();
    private readonly TokenForge _forge;
    private readonly CountingKeys _keys;

    public CacheTests()
    {
        _forge = new TokenForge(_clock);
        _keys = new CountingKeys(_forge.Keys);
    }

    [Fact]
    public async Task A_token_seen_before_has_the_very_same_claims()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        var first = await VerifyAsync(verifier, token);
        var second = await VerifyAsync(verifier, new string(token));
        Assert.Same(first.Claims, second.Claims);
    }

    [Fact]
    public async Task Without_a_cache_each_use_is_verified_anew()
    {
        var verifier = Verifier(cacheSize: 0);
        var token = _forge.Session();
        Assert.NotSame((await VerifyAsync(verifier, token)).Claims, (await VerifyAsync(verifier, token)).Claims);
    }

    [Fact]
    public async Task A_token_seen_before_still_expires()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        Assert.True((await VerifyAsync(verifier, token)).Succeeded);
        _clock.AdvanceSeconds(65);
        Assert.Equal(TokenFailure.Expired, (await VerifyAsync(verifier, token)).Failure);
    }

    [Fact]
    public async Task A_withdrawn_key_takes_its_tokens_with_it()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        Assert.True((await VerifyAsync(verifier, token)).Succeeded);
        _keys.Set = new KeySet();
        Assert.Equal(TokenFailure.KeyUnknown, (await VerifyAsync(verifier, token)).Failure);
    }

    [Fact]
    public async Task Another_key_under_the_same_id_knows_nothing_of_them()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        Assert.True((await VerifyAsync(verifier, token)).Succeeded);
        using var other = System.Security.Cryptography.RSA.Create(2048);
        SigningKey.TryCreate(_forge.KeyId, other.ExportParameters(false), out var key);
        _keys.Set = new KeySet(key!);
        Assert.Equal(TokenFailure.Signature, (await VerifyAsync(verifier, token)).Failure);
    }

    [Fact]
    public async Task What_a_lax_entrance_has_seen_does_not_pass_a_strict_one()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        Assert.True((await VerifyAsync(verifier, token)).Succeeded);
        var strict = new Entrance { AuthorizedParties = ["https://elsewhere.example.com"] };
        Assert.Equal(TokenFailure.AuthorizedParty, (await verifier.VerifyAsync(token, strict, CancellationToken.None)).Failure);
        Assert.Equal(TokenFailure.Class, (await verifier.VerifyAsync(token, new Entrance { Classes = TokenClass.M2M }, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_changed_token_is_not_the_one_that_was_seen()
    {
        var verifier = Verifier();
        var token = _forge.Session();
        Assert.True((await VerifyAsync(verifier, token)).Succeeded);
        var parts = token.Split('.');
        var forged = $"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}";
        Assert.False((await VerifyAsync(verifier, forged)).Succeeded);
    }

    [Fact]
    public async Task More_tokens_than_places_are_all_verified_rightly()
    {
        var verifier = Verifier(cacheSize: 8);
        var tokens = Enumerable.Range(0, 64).Select(_ => _forge.Session(claims => claims["sub"] = Some.UserId())).ToArray();
        for (var round = 0; round < 3; round++)
        {
            foreach (var token in tokens)
            {
                Assert.True((await VerifyAsync(verifier, token)).Succeeded);
            }
        }
    }

    [Fact]
    public async Task A_token_seen_before_costs_no_memory()
    {
        var verifier = Verifier();
        var entrance = new Entrance { AuthorizedParties = [TokenForge.Origin] };
        var token = _forge.Session();
        Assert.True((await verifier.VerifyAsync(token, entrance, CancellationToken.None)).Succeeded);
        var completed = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 1000; n++)
        {
            completed += await verifier.VerifyAsync(token, entrance, CancellationToken.None) is { Succeeded: true } ? 1 : 0;
        }

        Assert.Equal((1000, 0), (completed, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    private TokenVerifier Verifier(int cacheSize = TokenVerifier.DefaultCacheSize) =>
        new([_forge.Issuer with { Keys = _keys }], _clock, revocations: null, cacheSize);

    private static async Task<TokenResult> VerifyAsync(TokenVerifier verifier, string token) =>
        await verifier.VerifyAsync(token, new Entrance(), CancellationToken.None);

    private sealed class CountingKeys(KeySet set) : IKeySetSource
    {
        public KeySet Set { get; set; } = set;

        public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken) => ValueTask.FromResult(Set.Find(keyId));
    }
}
