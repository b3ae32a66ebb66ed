using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.Keys;

public sealed class ClerkKeySetSourceTests : IDisposable
{
    private static readonly Uri Anywhere = new("https://keys.example/jwks");

    private readonly TestClock _clock = new();
    private readonly KeyServer _server = new();
    private readonly ListLogger<ClerkKeySetSource> _log = new();
    private readonly HttpClient _http;
    private readonly ClerkKeySetSource _source;

    public ClerkKeySetSourceTests()
    {
        _http = new HttpClient(_server);
        _source = new ClerkKeySetSource(_http, new KeySetSourceOptions { Address = Anywhere }, _clock, _log);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    [Proves("G7")]
    public async Task Key_at_hand_costs_neither_fetch_nor_allocation()
    {
        await FindAsync("first");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            var lookup = _source.FindAsync("first", CancellationToken.None);
            found += lookup.IsCompletedSuccessfully && (await lookup).Found ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1000, 1), (found, _server.Fetches));
    }

    [Fact]
    public async Task Thousand_callers_share_one_fetch()
    {
        _server.Hold();
        var callers = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => FindAsync("first"))).ToArray();
        await Until.TrueAsync(() => _server.Fetches == 1);
        _server.Release();

        var lookups = await Task.WhenAll(callers);

        Assert.All(lookups, lookup => Assert.True(lookup.Found));
        Assert.Equal(1, _server.Fetches);
    }

    [Fact]
    [Proves("G9")]
    public async Task Hundred_thousand_unknown_kids_cost_one_fetch_per_cooldown()
    {
        await FindAsync("first");
        for (var cooldown = 1; cooldown <= 3; cooldown++)
        {
            _clock.AdvanceSeconds(10);
            for (var i = 0; i < 100_000; i++)
            {
                Assert.Equal(KeyLookup.Unknown, await FindAsync($"unknown-{i}"));
            }

            Assert.Equal(1 + cooldown, _server.Fetches);
        }
    }

    [Fact]
    public async Task Unknown_kid_just_before_the_cooldown_ends_costs_no_fetch()
    {
        await FindAsync("first");
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));

        Assert.Equal(KeyLookup.Unknown, await FindAsync("second"));
        Assert.Equal(1, _server.Fetches);
    }

    [Fact]
    public async Task New_key_is_seen_after_the_cooldown_and_the_old_one_is_gone()
    {
        await FindAsync("first");
        _server.Document = Specimens.Jwks(Specimens.OtherJwk("second"));
        _clock.AdvanceSeconds(10);

        Assert.True((await FindAsync("second")).Found);
        Assert.Equal(KeyLookup.Unknown, await FindAsync("first"));
    }

    [Fact]
    public async Task Stale_set_serves_at_once_while_one_fetch_renews_it()
    {
        await FindAsync("first");
        _clock.Advance(TimeSpan.FromMinutes(5));
        _server.Document = Specimens.Jwks(Specimens.OtherJwk("second"));
        _server.Hold();

        for (var i = 0; i < 100; i++)
        {
            var lookup = _source.FindAsync("first", CancellationToken.None);
            Assert.True(lookup.IsCompletedSuccessfully && (await lookup).Found);
        }

        var joined = FindAsync("second");
        await Until.TrueAsync(() => _server.Fetches == 2);
        _server.Release();
        Assert.True((await joined).Found);
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task Set_goes_on_being_renewed_each_time_it_grows_stale()
    {
        await FindAsync("first");
        for (var renewals = 1; renewals <= 5; renewals++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.True((await FindAsync("first")).Found);
            var expected = 1 + renewals;
            await Until.TrueAsync(() => _server.Fetches == expected);
            await FindAsync("joins-the-flight");
        }
    }

    [Fact]
    [Proves("G14")]
    public async Task Outage_leaves_the_last_known_keys_and_makes_others_unavailable()
    {
        await FindAsync("first");
        _server.Away = true;
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(KeyLookup.Unavailable, await FindAsync("second"));
        Assert.Equal(KeyLookup.Unavailable, await FindAsync("third"));
        Assert.True((await FindAsync("first")).Found);
        Assert.Equal(2, _server.Fetches);
        var entry = Assert.Single(_log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal(EventIds.KeySetAway, entry.Id);
    }

    [Fact]
    public async Task Recovery_is_seen_after_the_cooldown()
    {
        _server.Away = true;
        Assert.Equal(KeyLookup.Unavailable, await FindAsync("first"));
        _server.Away = false;
        Assert.Equal(KeyLookup.Unavailable, await FindAsync("first"));
        _clock.AdvanceSeconds(10);

        Assert.True((await FindAsync("first")).Found);
        Assert.Equal(KeyLookup.Unknown, await FindAsync("second"));
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task Bad_key_is_dropped_and_the_rest_serve()
    {
        _server.Document = Specimens.Jwks(Specimens.WeakJwk("weak"), """{"kid":"other","kty":"EC"}""", "17", Specimens.Jwk("first"));

        Assert.True((await FindAsync("first")).Found);
        Assert.Equal(KeyLookup.Unusable, await FindAsync("weak"));
        Assert.Equal(KeyLookup.Unusable, await FindAsync("other"));
        Assert.Equal(1, _server.Fetches);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kid":"first","kty":"EC"}]}""")]
    public async Task Answer_without_a_usable_key_counts_as_none(string document)
    {
        await FindAsync("first");
        _server.Document = document;
        _clock.AdvanceSeconds(10);

        Assert.Equal(KeyLookup.Unavailable, await FindAsync("second"));
        Assert.True((await FindAsync("first")).Found);
    }

    [Fact]
    public async Task Unchanged_document_keeps_the_same_keys()
    {
        var before = (await FindAsync("first")).Key;
        _clock.AdvanceSeconds(10);
        await FindAsync("second");

        Assert.Equal(2, _server.Fetches);
        Assert.Same(before, (await FindAsync("first")).Key);
    }

    [Fact]
    public async Task Silent_server_is_given_up_after_the_timeout()
    {
        _server.Hold();
        var waiting = FindAsync("first");
        await Until.TrueAsync(() => _server.Fetches == 1 && _clock.WaitingTimers == 1);
        _clock.AdvanceSeconds(5);

        Assert.Equal(KeyLookup.Unavailable, await waiting);
    }

    [Fact]
    public async Task Caller_who_stops_waiting_does_not_stop_the_fetch_for_others()
    {
        _server.Hold();
        using var impatience = new CancellationTokenSource();
        var impatient = _source.FindAsync("first", impatience.Token).AsTask();
        var patient = FindAsync("first");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _server.Release();

        Assert.True((await patient).Found);
        Assert.Equal(1, _server.Fetches);
    }

    [Theory]
    [InlineData("http://keys.example/jwks")]
    [InlineData("ftp://127.0.0.1/jwks")]
    [InlineData("https://user:word@keys.example/jwks")]
    [Proves("G22")]
    public void Address_that_is_not_safe_is_refused(string address)
    {
        var refused = Assert.Throws<ArgumentException>(
            () => new ClerkKeySetSource(_http, new KeySetSourceOptions { Address = new Uri(address) }));

        Assert.Contains("https", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_out_of_bounds_is_named_at_once()
    {
        var options = new KeySetSourceOptions
        {
            Address = Anywhere,
            CacheDuration = TimeSpan.Zero,
            Cooldown = TimeSpan.Zero,
            Timeout = TimeSpan.Zero,
            MaximumBytes = 0,
        };

        var refused = Assert.Throws<ArgumentException>(() => new ClerkKeySetSource(_http, options));

        Assert.Equal(
            "CacheDuration must be 1 second to 1 day; Cooldown must be 1 second to 1 hour; Timeout must be 100 milliseconds to 1 minute; "
            + "MaximumBytes must be 1 KiB to 16 MiB (Parameter 'options')",
            refused.Message);
    }

    private Task<KeyLookup> FindAsync(string keyId) => _source.FindAsync(keyId, CancellationToken.None).AsTask();
}
