using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

public sealed class CachedServiceTokenSourceTests
{
    private readonly TestClock _clock = new();
    private readonly FakeMinter _minter = new(TimeSpan.FromMinutes(15));
    private readonly ListLogger<CachedServiceTokenSource> _log = new();
    private readonly CachedServiceTokenSource _source;

    public CachedServiceTokenSourceTests() => _source = Create(_minter);

    [Theory]
    [InlineData(900, 780)]
    [InlineData(60, 48)]
    [InlineData(30, 24)]
    [InlineData(3600, 780)]
    [Proves("A1", "A4", "A5")]
    public async Task Token_is_used_strictly_until_its_share_of_life_has_passed(int lifetime, int usable)
    {
        var minter = new FakeMinter(TimeSpan.FromSeconds(lifetime));
        var source = Create(minter);
        Assert.Equal("token-1", await source.GetTokenAsync(CancellationToken.None));

        _clock.Advance(TimeSpan.FromSeconds(usable) - TimeSpan.FromTicks(1));
        Assert.Equal("token-1", await source.GetTokenAsync(CancellationToken.None));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("token-2", await source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(2, minter.Mints);
    }

    [Fact]
    public async Task Nothing_is_minted_until_somebody_asks()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, _minter.Mints);
        Assert.Equal(0, _clock.WaitingTimers);
    }

    [Fact]
    [Proves("A1")]
    public async Task Ten_thousand_concurrent_callers_cause_one_mint()
    {
        _minter.Hold();
        var callers = Enumerable.Range(0, 10_000).Select(_ => Task.Run(GetAsync)).ToArray();
        await Until.TrueAsync(() => _minter.Mints == 1);
        _minter.Release();

        var tokens = await Task.WhenAll(callers);

        Assert.All(tokens, token => Assert.Equal("token-1", token));
        Assert.Equal(1, _minter.Mints);
    }

    [Fact]
    public async Task Token_at_hand_is_given_at_once()
    {
        await GetAsync();

        var again = _source.GetTokenAsync(CancellationToken.None);

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal("token-1", await again);
    }

    [Fact]
    [Proves("A10")]
    public async Task Cleared_token_is_minted_anew()
    {
        await GetAsync();
        _source.Clear();

        Assert.Equal("token-2", await GetAsync());
    }

    [Fact]
    [Proves("A10")]
    public async Task Minting_that_began_before_clearing_answers_its_callers_and_is_not_kept()
    {
        _minter.Hold();
        var before = GetAsync();
        await Until.TrueAsync(() => _minter.Mints == 1);
        _source.Clear();
        var after = GetAsync();
        await Until.TrueAsync(() => _minter.Mints == 2);
        _minter.Release();

        Assert.Equal("token-1", await before);
        Assert.Equal("token-2", await after);
        Assert.Equal("token-2", await GetAsync());
        Assert.Equal(2, _minter.Mints);
    }

    [Fact]
    public async Task Refused_token_is_dropped_and_a_newer_one_stays()
    {
        await GetAsync();
        _source.Invalidate("token-0");
        Assert.Equal("token-1", await GetAsync());

        _source.Invalidate("token-1");
        Assert.Equal("token-2", await GetAsync());

        _clock.AdvanceSeconds(10);
        _source.Invalidate("token-1");
        Assert.Equal("token-2", await GetAsync());
    }

    [Fact]
    public async Task Service_that_refuses_every_token_costs_one_mint_per_cooldown()
    {
        for (var i = 0; i < 1000; i++)
        {
            _source.Invalidate(await GetAsync());
        }

        Assert.Equal(2, _minter.Mints);
        _clock.AdvanceSeconds(10);
        _source.Invalidate(await GetAsync());
        await GetAsync();
        Assert.Equal(3, _minter.Mints);
    }

    [Fact]
    [Proves("A9")]
    public async Task Failure_is_logged_with_its_reason_and_thrown_with_the_stated_message()
    {
        _minter.Failure = new InvalidOperationException("the reason");

        var thrown = await Assert.ThrowsAsync<ServiceTokenException>(GetAsync);

        Assert.Equal("Service token generation failed", thrown.Message);
        Assert.Same(_minter.Failure, thrown.InnerException);
        var entry = Assert.Single(_log.Entries);
        Assert.Equal(
            (LogLevel.Error, EventIds.ServiceTokenFailed, "Failed to obtain service token from Clerk: the reason (hemera-service-token)"),
            (entry.Level, entry.Id, entry.Message));
    }

    [Fact]
    public async Task Failure_is_not_remembered()
    {
        _minter.Failure = new InvalidOperationException("the reason");
        await Assert.ThrowsAsync<ServiceTokenException>(GetAsync);
        _minter.Failure = null;

        Assert.Equal("token-2", await GetAsync());
    }

    [Fact]
    public async Task Failure_is_shared_by_all_who_waited_and_logged_once()
    {
        _minter.Failure = new InvalidOperationException("the reason");
        _minter.Hold();
        var callers = Enumerable.Range(0, 100).Select(_ => GetAsync()).ToArray();
        await Until.TrueAsync(() => _minter.Mints == 1);
        _minter.Release();

        await Assert.ThrowsAsync<ServiceTokenException>(() => Task.WhenAll(callers));
        Assert.All(callers, caller => Assert.IsType<ServiceTokenException>(caller.Exception!.InnerException));
        Assert.Single(_log.Entries);
    }

    [Fact]
    public async Task Minting_that_takes_too_long_fails()
    {
        _minter.Hold();
        var waiting = GetAsync();
        await Until.TrueAsync(() => _minter.Mints == 1);
        _clock.Advance(ServiceTokenDefaults.MintTimeout);

        await Assert.ThrowsAsync<ServiceTokenException>(() => waiting);
    }

    [Fact]
    public async Task Caller_who_stops_waiting_does_not_stop_the_minting()
    {
        _minter.Hold();
        using var impatience = new CancellationTokenSource();
        var impatient = _source.GetTokenAsync(impatience.Token).AsTask();
        var patient = GetAsync();
        await Until.TrueAsync(() => _minter.Mints == 1);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _minter.Release();

        Assert.Equal("token-1", await patient);
        Assert.Equal(1, _minter.Mints);
    }

    [Fact]
    [Proves("A2")]
    public void Token_is_kept_under_the_name_of_its_service() =>
        Assert.Equal("hemera-service-token", ServiceTokenDefaults.CacheKey("hemera"));

    private CachedServiceTokenSource Create(FakeMinter minter) => new("hemera", minter, _clock, Specimens.Metrics(), _log);

    private Task<string> GetAsync() => _source.GetTokenAsync(CancellationToken.None).AsTask();
}
