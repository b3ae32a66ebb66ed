using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

/// <summary>A token that is no longer fresh, while Clerk gives no other.</summary>
public sealed class RenewalTests
{
    private static readonly ClerkApiException Away = new("Clerk did not answer", ClerkFailure.Unavailable);

    private readonly TestClock _clock = new();
    private readonly ListLogger<CachedServiceTokenSource> _log = new();

    [Theory]
    [InlineData(900, 780, 895)]
    [InlineData(60, 48, 55)]
    [InlineData(30, 24, 27)]
    [InlineData(3600, 780, 3595)]
    public async Task The_old_token_serves_on_until_shortly_before_its_end(int lifetime, int fresh, int serves)
    {
        var minter = new FakeMinter(TimeSpan.FromSeconds(lifetime));
        var source = Create(minter);
        await GetAsync(source);
        minter.Failure = Away;

        _clock.Advance(TimeSpan.FromSeconds(fresh));
        Assert.Equal("token-1", await GetAsync(source));
        _clock.Advance(TimeSpan.FromSeconds(serves - fresh) - TimeSpan.FromTicks(1));
        Assert.Equal("token-1", await GetAsync(source));

        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<ServiceTokenException>(() => GetAsync(source));
    }

    [Fact]
    public async Task Renewal_is_tried_again_at_growing_distances_and_said_as_a_warning()
    {
        var minter = new FakeMinter(TimeSpan.FromMinutes(15));
        var source = Create(minter);
        await GetAsync(source);
        minter.Failure = Away;
        _clock.AdvanceSeconds(780);

        for (var tenth = 0; tenth < 1100; tenth++)
        {
            Assert.Equal("token-1", await GetAsync(source));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        // In 110 s with pauses of 1, 2, 4, 8, 16 and then 30 s, each halved at most.
        Assert.InRange(minter.Mints - 1, 7, 13);
        Assert.Equal(minter.Mints - 1, _log.Entries.Count(entry => (entry.Level, entry.Id) == (LogLevel.Warning, EventIds.ServiceTokenNotRenewed)));
        Assert.DoesNotContain(_log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.DoesNotContain(_log.Entries, entry => entry.Message.Contains("token-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_new_token_takes_over_as_soon_as_it_can_be_had()
    {
        var minter = new FakeMinter(TimeSpan.FromMinutes(15));
        var source = Create(minter);
        await GetAsync(source);
        minter.Failure = Away;
        _clock.AdvanceSeconds(780);
        await GetAsync(source);
        minter.Failure = null;

        _clock.AdvanceSeconds(1);
        Assert.Equal("token-3", await GetAsync(source));
    }

    [Fact]
    public async Task Clerk_is_left_alone_for_as_long_as_it_asks()
    {
        var minter = new FakeMinter(TimeSpan.FromMinutes(15));
        var source = Create(minter);
        await GetAsync(source);
        minter.Failure = new ClerkApiException("Clerk answered with 429", ClerkFailure.Throttled) { RetryAfter = TimeSpan.FromSeconds(20) };
        _clock.AdvanceSeconds(780);
        await GetAsync(source);

        _clock.AdvanceSeconds(19);
        Assert.Equal("token-1", await GetAsync(source));
        Assert.Equal(2, minter.Mints);
        _clock.AdvanceSeconds(1);
        await GetAsync(source);
        Assert.Equal(3, minter.Mints);
    }

    [Fact]
    public async Task A_renewal_that_hangs_holds_callers_up_for_two_seconds_and_only_the_first()
    {
        var minter = new FakeMinter(TimeSpan.FromMinutes(15));
        var source = Create(minter);
        await GetAsync(source);
        _clock.AdvanceSeconds(780);
        minter.Hold();
        var first = GetAsync(source);
        await Until.TrueAsync(() => minter.Mints == 2 && _clock.WaitingTimers == 2);
        _clock.AdvanceSeconds(2);

        Assert.Equal("token-1", await first);
        var second = GetAsync(source);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal("token-1", await second);

        minter.Release();
        await Until.TrueAsync(() => GetAsync(source) is { IsCompletedSuccessfully: true, Result: "token-2" });
    }

    [Fact]
    public async Task A_token_that_the_called_service_refused_does_not_serve_on()
    {
        var minter = new FakeMinter(TimeSpan.FromMinutes(15));
        var source = Create(minter);
        await GetAsync(source);
        minter.Failure = Away;
        source.Invalidate("token-1");

        await Assert.ThrowsAsync<ServiceTokenException>(() => GetAsync(source));
        Assert.Equal(1, minter.Forgotten);
    }

    private CachedServiceTokenSource Create(FakeMinter minter) => new("hemera", minter, _clock, Specimens.Metrics(), _log);

    private static Task<string> GetAsync(CachedServiceTokenSource source) => source.GetTokenAsync(CancellationToken.None).AsTask();
}
