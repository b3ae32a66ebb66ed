using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

public sealed class ClerkOpaqueTokenSourceTests
{
    [Fact]
    public async Task Machine_token_is_asked_about_with_this_machines_secret_and_the_rest_with_the_instances()
    {
        var bench = new VerifyBench(machineSecret: "ak_this_machine");
        foreach (var token in new[] { "mt_x", "ak_x", "oat_x" })
        {
            Assert.True((await bench.FindAsync(bench.Know(token))).Found);
        }

        Assert.Equal(
            [
                new("/v1/m2m_tokens/verify", "token", "mt_x", "ak_this_machine"),
                new("/v1/api_keys/verify", "secret", "ak_x", "sk_test_x"),
                new("/v1/oauth_applications/access_tokens/verify", "access_token", "oat_x", "sk_test_x"),
            ],
            bench.Server.Requests);
    }

    [Fact]
    public async Task Without_a_machines_secret_machine_tokens_are_asked_about_with_the_instances()
    {
        var bench = new VerifyBench();

        Assert.True((await bench.FindAsync(bench.Know("mt_x"))).Found);
        Assert.Equal("sk_test_x", Assert.Single(bench.Server.Requests).Secret);
    }

    [Fact]
    public async Task Machine_token_is_what_clerk_says()
    {
        var bench = new VerifyBench();
        var end = bench.Clock.GetUtcNow().AddHours(1);
        bench.Know("mt_x", answer =>
        {
            answer["expiration"] = end.ToUnixTimeMilliseconds();
            answer["claims"] = new JsonObject { ["role"] = "admin" };
        });

        var token = (await bench.FindAsync("mt_x")).Token!;

        Assert.Equal(
            (TokenClass.M2M, "mt_0123456789abcdef", "mch_sender", VerifyBench.Receiver, bench.Clock.GetUtcNow(), end),
            (token.Class, token.Id, token.Subject, Assert.Single(token.Scopes), token.CreatedAt, token.ExpiresAt));
        Assert.Equal("""{"role":"admin"}""", Encoding.UTF8.GetString(token.Claims.Span));
    }

    [Fact]
    [Proves("G26")]
    public async Task Api_key_is_what_clerk_says()
    {
        var bench = new VerifyBench();

        var token = (await bench.FindAsync(bench.Know("ak_x"))).Token!;

        Assert.Equal(
            (TokenClass.ApiKey, "ak_0123456789abcdef", "user_1", "read:items", null),
            (token.Class, token.Id, token.Subject, Assert.Single(token.Scopes), token.ExpiresAt));
        Assert.Equal("""{"plan":"pro"}""", Encoding.UTF8.GetString(token.Claims.Span));
    }

    [Fact]
    public async Task Access_token_is_what_clerk_says()
    {
        var bench = new VerifyBench();
        bench.Know("oat_x", answer =>
        {
            answer["aud"] = new JsonArray("https://api.example");
            answer["act"] = new JsonObject { ["sub"] = "user_2" };
        });

        var token = (await bench.FindAsync("oat_x")).Token!;

        Assert.Equal(
            (TokenClass.OAuth, "oat_0123456789abcdef", "user_1", "https://api.example"),
            (token.Class, token.Id, token.Subject, Assert.Single(token.Audiences)));
        Assert.Equal(["email", "profile"], token.Scopes);
        Assert.Equal("""{"client_id":"abc123","act":{"sub":"user_2"}}""", Encoding.UTF8.GetString(token.Claims.Span));
    }

    [Fact]
    public async Task Busy_client_costs_a_call_a_minute()
    {
        var bench = new VerifyBench();
        bench.Know("mt_busy");
        for (var request = 0; request < 10_000; request++)
        {
            Assert.True((await bench.FindAsync("mt_busy")).Found);
            bench.Clock.Advance(TimeSpan.FromMinutes(10) / 10_000);
        }

        Assert.Equal(10, bench.Server.Calls);
    }

    [Fact]
    public async Task Token_at_hand_costs_neither_call_nor_allocation()
    {
        var bench = new VerifyBench();
        await bench.FindAsync(bench.Know("ak_x"));
        await bench.FindAsync("ak_unknown");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            var good = bench.Source.FindAsync("ak_x", TokenClass.ApiKey, CancellationToken.None);
            var unknown = bench.Source.FindAsync("ak_unknown", TokenClass.ApiKey, CancellationToken.None);
            found += good.IsCompletedSuccessfully && (await good).Found && unknown.IsCompletedSuccessfully && !(await unknown).Found ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1000, 2), (found, bench.Server.Calls));
    }

    [Fact]
    public async Task Thousand_callers_with_one_token_share_one_call()
    {
        var bench = new VerifyBench();
        bench.Know("mt_x");
        bench.Server.Hold();
        var callers = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => bench.FindAsync("mt_x"))).ToArray();
        await Until.TrueAsync(() => bench.Server.Calls == 1);
        bench.Server.Release();

        Assert.All(await Task.WhenAll(callers), lookup => Assert.True(lookup.Found));
        Assert.Equal(1, bench.Server.Calls);
    }

    [Fact]
    public async Task Caller_who_stops_waiting_does_not_stop_the_call_for_others()
    {
        var bench = new VerifyBench();
        bench.Know("mt_x");
        bench.Server.Hold();
        using var impatience = new CancellationTokenSource();
        var impatient = bench.Source.FindAsync("mt_x", TokenClass.M2M, impatience.Token).AsTask();
        var patient = bench.FindAsync("mt_x");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        bench.Server.Release();

        Assert.True((await patient).Found);
        Assert.Equal(1, bench.Server.Calls);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Revocation_at_clerk_is_noticed_within_the_stated_time(int seconds)
    {
        var bench = new VerifyBench(new OpaqueTokenOptions { CacheDuration = TimeSpan.FromSeconds(seconds) });
        await bench.FindAsync(bench.Know("ak_x"));
        bench.Server.Forget("ak_x");
        if (seconds > 0)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.True((await bench.FindAsync("ak_x")).Found);
            bench.Clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_x"));
    }

    [Fact]
    public async Task Slow_answer_is_counted_from_when_clerk_was_asked()
    {
        var bench = new VerifyBench();
        bench.Know("ak_x");
        bench.Server.Hold();
        var waiting = bench.FindAsync("ak_x");
        await Until.TrueAsync(() => bench.Server.UnderWay == 1);
        bench.Clock.AdvanceSeconds(4);
        bench.Server.Release();
        await waiting;
        bench.Clock.AdvanceSeconds(56);

        await bench.FindAsync("ak_x");

        Assert.Equal(2, bench.Server.Calls);
    }

    [Fact]
    public async Task Good_token_is_not_remembered_beyond_its_own_end()
    {
        var bench = new VerifyBench();
        bench.Know("mt_x", answer => answer["expiration"] = bench.Clock.GetUtcNow().AddSeconds(7).ToUnixTimeMilliseconds());
        await bench.FindAsync("mt_x");
        bench.Server.Forget("mt_x");

        bench.Clock.AdvanceSeconds(6.9);
        Assert.True((await bench.FindAsync("mt_x")).Found);
        bench.Clock.AdvanceSeconds(0.1);
        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("mt_x"));
    }

    [Fact]
    public async Task Unknown_token_is_asked_about_again_after_ten_seconds()
    {
        var bench = new VerifyBench();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_new"));
        }

        bench.Know("ak_new");
        bench.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_new"));
        bench.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.True((await bench.FindAsync("ak_new")).Found);
        Assert.Equal(2, bench.Server.Calls);
    }

    [Theory]
    [InlineData("mt_x", "revoked", "true")]
    [InlineData("mt_x", "expired", "true")]
    [InlineData("ak_x", "revoked", "true")]
    [InlineData("ak_x", "expired", "true")]
    [InlineData("oat_x", "revoked", "true")]
    [InlineData("oat_x", "expired", "true")]
    [InlineData("oat_x", "active", "false")]
    [InlineData("mt_x", "expiration", "1")]
    [InlineData("mt_x", "subject", "\"user_1\"")]
    [InlineData("mt_x", "subject", "\"mch_\"")]
    [InlineData("mt_x", "subject", "null")]
    [InlineData("mt_x", "id", "\"ak_1\"")]
    [InlineData("ak_x", "subject", "\"sess_1\"")]
    [InlineData("ak_x", "id", "\"mt_1\"")]
    [InlineData("oat_x", "subject", "\"mch_1\"")]
    [InlineData("oat_x", "id", "\"ak_1\"")]
    public async Task Answer_of_200_that_is_no_good_token_of_this_class_lets_nobody_in(string token, string member, string json)
    {
        var bench = new VerifyBench();
        bench.Know(token, answer => answer[member] = JsonNode.Parse(json));

        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync(token));
        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync(token));
        Assert.Equal(1, bench.Server.Calls);
    }

    [Fact]
    public async Task Bare_word_that_an_access_token_is_not_active_is_enough()
    {
        var bench = new VerifyBench();
        bench.Server.Know("oat_x", """{"active":false}""");

        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("oat_x"));
    }

    [Fact]
    public async Task Claims_without_bound_are_not_remembered()
    {
        var bench = new VerifyBench();
        bench.Know("ak_x", answer => answer["claims"] = new JsonObject { ["a"] = new string('x', 16 * 1024) });

        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_x"));
        Assert.Equal(EventIds.OpaqueTokenUnsound, Assert.Single(bench.Log.Entries).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ak_ x")]
    [InlineData("ak_x\n")]
    [InlineData("ak_\"},{\"")]
    [InlineData("ak_\u00e9")]
    [InlineData("ak_\ud800")]
    public async Task What_no_bearer_could_be_is_asked_of_nobody(string token)
    {
        var bench = new VerifyBench();

        Assert.Equal(OpaqueLookup.Unknown, await bench.Source.FindAsync(token, TokenClass.ApiKey, CancellationToken.None));
        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_".PadRight(1025, 'x')));
        Assert.Equal(0, bench.Server.Calls);
    }

    [Fact]
    public async Task Same_text_asked_about_as_another_class_is_another_question()
    {
        var bench = new VerifyBench();
        await bench.FindAsync(bench.Know("ak_x"));

        Assert.Equal(OpaqueLookup.Unknown, await bench.Source.FindAsync("ak_x", TokenClass.M2M, CancellationToken.None));
        Assert.Equal(2, bench.Server.Calls);
    }

    [Theory]
    [InlineData(TokenClass.None)]
    [InlineData(TokenClass.Session)]
    [InlineData(TokenClass.M2M | TokenClass.ApiKey)]
    public async Task Class_without_opaque_tokens_is_a_mistake(TokenClass tokenClass) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => new VerifyBench().Source.FindAsync("ak_x", tokenClass, CancellationToken.None).AsTask());

    [Theory]
    [InlineData(null, null, TokenClass.None)]
    [InlineData(null, "ak_machine", TokenClass.M2M)]
    [InlineData("sk_test_x", null, TokenClass.M2M | TokenClass.ApiKey | TokenClass.OAuth)]
    public async Task Class_without_a_secret_is_unavailable_and_the_log_says_so_once(string? secret, string? machine, TokenClass expected)
    {
        var bench = new VerifyBench(secret: secret, machineSecret: machine);
        Assert.Equal(expected, bench.Source.Classes);
        foreach (var token in new[] { "mt_x", "ak_x", "oat_x" })
        {
            var lookup = await bench.FindAsync(bench.Know(token));
            Assert.Equal(lookup, await bench.FindAsync(token));
            Assert.Equal(lookup.Found ? TokenFailure.Unverified : TokenFailure.KeysUnavailable, lookup.Failure);
        }

        var able = new[] { TokenClass.M2M, TokenClass.ApiKey, TokenClass.OAuth }.Count(one => expected.HasFlag(one));
        Assert.Equal((able, 3 - able), (bench.Server.Calls, bench.Log.Entries.Count));
    }

    [Fact]
    public void Every_setting_out_of_bounds_is_named_at_once()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => new VerifyBench(new OpaqueTokenOptions
        {
            CacheDuration = TimeSpan.FromSeconds(61),
            MaximumTokens = 0,
            MaximumCalls = 0,
            MaximumWaiting = -1,
            MaximumFruitlessCalls = 0,
            Timeout = TimeSpan.Zero,
        }));

        Assert.Equal(
            [
                "Property CacheDuration: must be 0 to 60 seconds",
                "Property MaximumTokens: must be 1 to 1,000,000",
                "Property MaximumCalls: must be 1 to 256",
                "Property MaximumWaiting: must be 0 to 10,000",
                "Property MaximumFruitlessCalls: must be 1 to 10,000",
                "Property Timeout: must be 100 milliseconds to 1 minute",
            ],
            refused.Failures);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task Refusal_of_the_token_is_remembered(HttpStatusCode status)
    {
        var bench = new VerifyBench();
        bench.Server.Spoiler = _ => VerifyServer.Answer(status, "{}");

        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_x"));
        Assert.Equal(OpaqueLookup.Unknown, await bench.FindAsync("ak_x"));
        Assert.Equal(1, bench.Server.Calls);
    }
}
