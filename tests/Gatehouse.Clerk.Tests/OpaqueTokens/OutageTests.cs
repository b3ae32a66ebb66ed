using System.Net;
using System.Net.Http.Headers;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

/// <summary>What happens to opaque tokens while Clerk cannot or will not answer.</summary>
public sealed class OutageTests
{
    private readonly VerifyBench _bench = new();

    [Fact]
    public async Task Good_token_serves_to_the_end_of_its_time_and_no_longer()
    {
        await _bench.FindAsync(_bench.Know("mt_x"));
        _bench.Server.Away = true;
        _bench.Clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.True((await _bench.FindAsync("mt_x")).Found);
        Assert.Equal(1, _bench.Server.Calls);

        _bench.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("mt_x"));
        _bench.Server.Away = false;
        Assert.True((await _bench.FindAsync("mt_x")).Found);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, """{"errors":[{"code":"machine_secret_key_invalid"}]}""")]
    [InlineData(HttpStatusCode.Forbidden, "{}")]
    [InlineData(HttpStatusCode.TooManyRequests, "{}")]
    [InlineData(HttpStatusCode.InternalServerError, "{}")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "<html>")]
    [InlineData(HttpStatusCode.Found, "")]
    [InlineData(HttpStatusCode.BadRequest, """{"errors":[{"code":"api_version_invalid"}]}""")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, """{"id":"mt_1","subject":"mch_1","revoked":"no"}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"mt_1","subject":"mch_1","expiration":1e300}""")]
    public async Task Answer_that_says_nothing_of_the_token_is_nobodys_refusal(HttpStatusCode status, string body)
    {
        _bench.Server.Spoiler = _ => VerifyServer.Answer(status, body);

        foreach (var token in new[] { "mt_x", "ak_x", "oat_x" })
        {
            Assert.Equal(TokenFailure.KeysUnavailable, (await _bench.FindAsync(token)).Failure);
        }

        Assert.All(_bench.Log.Entries, entry => Assert.True(entry.Level >= LogLevel.Warning));
        Assert.Equal(3, _bench.Log.Entries.Count);
    }

    [Fact]
    public async Task Silent_clerk_is_given_up_after_the_timeout()
    {
        _bench.Server.Hold();
        var waiting = _bench.FindAsync("mt_x");
        await Until.TrueAsync(() => _bench.Server.UnderWay == 1);
        _bench.Clock.AdvanceSeconds(5);

        Assert.Equal(OpaqueLookup.Unavailable, await waiting);
        Assert.Contains("no answer", Assert.Single(_bench.Log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_secret_pauses_its_class_and_is_an_error_for_somebody_to_see_to()
    {
        _bench.Server.Spoiler = asked => asked.Member == "token" ? VerifyServer.Answer(HttpStatusCode.Unauthorized, "{}") : null;
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync($"mt_{i}"));
        }

        Assert.Equal(1, _bench.Server.Calls);
        var entry = Assert.Single(_bench.Log.Entries);
        Assert.Equal((LogLevel.Error, EventIds.OpaqueTokensPaused), (entry.Level, entry.Id));
        Assert.True((await _bench.FindAsync(_bench.Know("ak_x"))).Found);
    }

    [Fact]
    public async Task Patience_that_clerk_asks_for_is_kept_and_what_is_remembered_serves_on()
    {
        await _bench.FindAsync(_bench.Know("ak_known"));
        _bench.Know("ak_new");
        _bench.Server.Spoiler = _ =>
        {
            var answer = VerifyServer.Answer(HttpStatusCode.TooManyRequests, "{}");
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
            return answer;
        };
        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_new"));
        _bench.Server.Spoiler = null;
        _bench.Clock.AdvanceSeconds(6.9);
        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_new"));
        Assert.True((await _bench.FindAsync("ak_known")).Found);
        Assert.Equal(2, _bench.Server.Calls);

        _bench.Clock.AdvanceSeconds(0.1);
        Assert.True((await _bench.FindAsync("ak_new")).Found);
        Assert.Equal(EventIds.OpaqueTokensResumed, _bench.Log.Entries[^1].Id);
    }

    [Fact]
    public async Task Answer_to_an_earlier_call_does_not_end_the_patience()
    {
        _bench.Know("ak_early");
        _bench.Know("ak_new");
        _bench.Server.Spoiler = asked => asked.Token == "ak_throttled" ? VerifyServer.Answer(HttpStatusCode.TooManyRequests, "{}") : null;
        _bench.Server.Holds = asked => asked.Token == "ak_early";
        _bench.Server.Hold();
        var early = _bench.FindAsync("ak_early");
        await Until.TrueAsync(() => _bench.Server.UnderWay == 1);
        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_throttled"));
        _bench.Server.Release();
        Assert.True((await early).Found);

        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_new"));
        Assert.Equal(2, _bench.Server.Calls);
    }

    [Fact]
    public async Task Clerk_that_stays_away_is_called_less_and_less_however_many_ask()
    {
        var tokens = Enumerable.Range(0, 40).Select(i => _bench.Know($"mt_{i}")).ToArray();
        foreach (var token in tokens)
        {
            Assert.True((await _bench.FindAsync(token)).Found);
        }

        _bench.Server.Away = true;
        _bench.Clock.AdvanceSeconds(60);
        for (var tenth = 0; tenth < 600; tenth++)
        {
            foreach (var token in tokens)
            {
                Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync(token));
            }

            _bench.Clock.AdvanceSeconds(0.1);
        }

        // Three before the first pause, then one after each: 1, 2, 4, 8 seconds, and 10 from there on.
        Assert.InRange(_bench.Server.Calls - tokens.Length, 8, 12);
    }

    [Fact]
    public async Task Single_failure_holds_up_nobody_else()
    {
        _bench.Server.Spoiler = asked => asked.Token == "ak_odd" ? VerifyServer.Answer(HttpStatusCode.BadGateway, "") : null;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_odd"));
            Assert.True((await _bench.FindAsync(_bench.Know($"ak_good-{i}"))).Found);
        }
    }

    [Fact]
    public async Task Token_that_clerk_describes_unreadably_holds_up_nobody_else()
    {
        _bench.Server.Know("ak_odd", """{"id":"ak_1","expiration":1e300}""");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_odd"));
        }

        Assert.True((await _bench.FindAsync(_bench.Know("ak_good"))).Found);
        Assert.Equal(21, _bench.Server.Calls);
    }

    [Fact]
    public async Task Nothing_that_is_logged_names_a_token_or_a_secret()
    {
        foreach (var status in new[] { HttpStatusCode.Unauthorized, HttpStatusCode.BadGateway, HttpStatusCode.TooManyRequests })
        {
            _bench.Server.Spoiler = _ => VerifyServer.Answer(status, """{"errors":[{"code":"c","message":"ak_secret","long_message":"ak_secret"}]}""");
            await _bench.FindAsync("ak_secret-token");
            _bench.Clock.AdvanceSeconds(60);
        }

        Assert.NotEmpty(_bench.Log.Entries);
        Assert.All(_bench.Log.Entries, entry => Assert.DoesNotContain("ak_secret", $"{entry.Message} {entry.Exception}", StringComparison.Ordinal));
        Assert.All(_bench.Log.Entries, entry => Assert.DoesNotContain("sk_test", $"{entry.Message} {entry.Exception}", StringComparison.Ordinal));
    }
}
