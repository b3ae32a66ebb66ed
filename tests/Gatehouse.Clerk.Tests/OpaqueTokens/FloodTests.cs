using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

/// <summary>Strangers who make tokens up, any number of them.</summary>
public sealed class FloodTests
{
    private readonly VerifyBench _bench = new();

    [Fact]
    public async Task Hundred_thousand_made_up_tokens_cost_fifty_calls_and_as_many_more_in_ten_seconds()
    {
        for (var i = 0; i < 100_000; i++)
        {
            Assert.False((await _bench.FindMadeUpAsync(i)).Found);
        }

        Assert.Equal(50, _bench.Server.Calls);
        for (var second = 0; second < 10; second++)
        {
            _bench.Clock.AdvanceSeconds(1);
            for (var i = 0; i < 1000; i++)
            {
                await _bench.FindMadeUpAsync(1_000_000 + (second * 1000) + i);
            }
        }

        Assert.Equal(100, _bench.Server.Calls);
        Assert.Equal(EventIds.OpaqueTokenFlood, Assert.Single(_bench.Log.Entries).Id);
    }

    [Fact]
    public async Task Made_up_tokens_are_refused_until_the_budget_is_spent_and_then_nobody_can_say()
    {
        var answers = new List<TokenFailure>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add((await _bench.FindMadeUpAsync(i)).Failure);
        }

        Assert.Equal([.. Enumerable.Repeat(TokenFailure.Unknown, 50), .. Enumerable.Repeat(TokenFailure.KeysUnavailable, 10)], answers);
    }

    [Fact]
    public async Task Clients_that_were_good_before_notice_nothing_of_a_flood()
    {
        var clients = Enumerable.Range(0, 100).Select(i => _bench.Know($"mt_client-{i}")).ToArray();
        var made = 0;
        for (var second = 0; second < 600; second++)
        {
            foreach (var client in clients)
            {
                Assert.True((await _bench.FindAsync(client)).Found);
            }

            for (var i = 0; i < 100; i++)
            {
                Assert.False((await _bench.FindMadeUpAsync(made++)).Found);
            }

            _bench.Clock.AdvanceSeconds(1);
        }

        // A call a minute for each client, and for all strangers fifty and fifty more in ten seconds.
        Assert.InRange(_bench.Server.Calls, 1000, 1000 + 50 + 3000);
    }

    [Fact]
    public async Task Good_tokens_that_nobody_showed_yet_spend_nothing_of_the_budget()
    {
        for (var i = 0; i < 5000; i++)
        {
            Assert.True((await _bench.FindAsync(_bench.Know($"ak_client-{i}"))).Found);
        }
    }

    [Fact]
    public async Task New_client_gets_in_as_soon_as_the_flood_leaves_a_call()
    {
        for (var i = 0; i < 1000; i++)
        {
            await _bench.FindMadeUpAsync(i);
        }

        _bench.Know("ak_new");
        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_new"));
        _bench.Clock.AdvanceSeconds(0.2);
        Assert.True((await _bench.FindAsync("ak_new")).Found);
    }

    [Fact]
    public async Task Token_that_was_withdrawn_is_like_one_that_was_made_up()
    {
        await _bench.FindAsync(_bench.Know("ak_was-good"));
        _bench.Server.Forget("ak_was-good");
        _bench.Clock.AdvanceSeconds(60);
        Assert.Equal(OpaqueLookup.Unknown, await _bench.FindAsync("ak_was-good"));
        for (var i = 0; i < 100; i++)
        {
            await _bench.FindMadeUpAsync(i);
        }

        _bench.Clock.Advance(TimeSpan.FromSeconds(10));
        for (var i = 100; i < 200; i++)
        {
            await _bench.FindMadeUpAsync(i);
        }

        Assert.Equal(OpaqueLookup.Unavailable, await _bench.FindAsync("ak_was-good"));
    }

    [Fact]
    public async Task Made_up_tokens_push_no_good_one_out_of_memory()
    {
        var bench = new VerifyBench(new OpaqueTokenOptions { MaximumTokens = 100, MaximumFruitlessCalls = 10_000 });
        var clients = Enumerable.Range(0, 100).Select(i => bench.Know($"mt_client-{i}")).ToArray();
        foreach (var client in clients)
        {
            await bench.FindAsync(client);
        }

        for (var i = 0; i < 5000; i++)
        {
            await bench.FindMadeUpAsync(i);
        }

        var before = bench.Server.Calls;
        foreach (var client in clients)
        {
            Assert.True((await bench.FindAsync(client)).Found);
        }

        Assert.Equal(before, bench.Server.Calls);
    }

    [Fact]
    public async Task Sixteen_calls_are_under_way_at_most_and_beyond_the_queue_the_answer_comes_at_once()
    {
        _bench.Server.Hold();
        var callers = Enumerable.Range(0, 1000).Select(_bench.FindMadeUpAsync).ToArray();
        await Until.TrueAsync(() => callers.Count(caller => caller.IsCompleted) == 1000 - 256 - 16);
        Assert.Equal((16, 16), (_bench.Server.UnderWay, _bench.Server.MostAtOnce));
        _bench.Server.Release();

        var lookups = await Task.WhenAll(callers);

        Assert.Equal(50, _bench.Server.Calls);
        Assert.Equal(50, lookups.Count(lookup => lookup.Failure == TokenFailure.Unknown));
        Assert.Equal(16, _bench.Server.MostAtOnce);
    }

    [Fact]
    public async Task Known_clients_go_ahead_of_strangers_who_wait()
    {
        await _bench.FindAsync(_bench.Know("mt_client"));
        _bench.Clock.AdvanceSeconds(60);
        _bench.Server.Hold();
        var strangers = Enumerable.Range(0, 200).Select(_bench.FindMadeUpAsync).ToArray();
        await Until.TrueAsync(() => _bench.Server.UnderWay == 16);

        var client = _bench.FindAsync("mt_client");
        await Until.TrueAsync(() => _bench.Server.UnderWay == 17);
        _bench.Server.Release();

        Assert.True((await client).Found);
        Assert.All(await Task.WhenAll(strangers), lookup => Assert.False(lookup.Found));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_timeout_queue_included()
    {
        _bench.Server.Hold();
        var callers = Enumerable.Range(0, 100).Select(_bench.FindMadeUpAsync).ToArray();
        await Until.TrueAsync(() => _bench.Server.UnderWay == 16 && _bench.Clock.WaitingTimers == 100);
        _bench.Clock.AdvanceSeconds(5);

        Assert.All(await Task.WhenAll(callers), lookup => Assert.Equal(OpaqueLookup.Unavailable, lookup));
    }
}
