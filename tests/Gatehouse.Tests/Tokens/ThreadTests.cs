using System.Collections.Concurrent;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class ThreadTests
{
    [Fact]
    public async Task One_verifier_and_key_used_by_all_cores_at_once_gives_no_wrong_answer()
    {
        var runs = Counts.Of("token-threads");
        var gate = new Gate();
        var intruder = new TokenForge(gate.Clock, instance: 2);
        var session = gate.Forge.Session();
        (string Token, TokenFailure? Expected)[] tokens =
        [
            (session, null),
            (gate.Forge.M2M(), null),
            (gate.Forge.Template(claims => claims["role"] = "admin"), null),
            (session[..^4] + "AAAA", TokenFailure.Signature),
            (intruder.Session(header: header => header["kid"] = gate.Forge.KeyId), TokenFailure.Signature),
            (gate.Forge.Session(claims => claims["exp"] = 1), TokenFailure.Expired),
            (gate.Forge.Sign(gate.Forge.Header().ToJsonString(), """{"x":1,"x":2}"""), TokenFailure.Malformed),
        ];

        var wrong = new ConcurrentQueue<string>();
        var workers = Environment.ProcessorCount * 2;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var n = worker; n < runs.Count; n += workers)
            {
                var (token, expected) = tokens[n % tokens.Length];
                var found = await gate.RefusalAsync(token);
                if (found != expected)
                {
                    wrong.Enqueue($"{n}: {found} instead of {expected}");
                }
            }
        })));

        Assert.Empty(wrong);
    }

    // A cache of 16 places for 200 tokens: each is driven out and comes back all the time, beside forgeries that would share its place.
    [Fact]
    public async Task A_cache_that_is_far_too_small_gives_no_wrong_answer_on_all_cores()
    {
        var runs = Counts.Of("cache-threads");
        var (clock, wrong) = (new TestClock(), new ConcurrentQueue<string>());
        var forge = new TokenForge(clock);
        var verifier = new TokenVerifier([forge.Issuer], clock, revocations: null, cacheSize: 16);
        var genuine = Enumerable.Range(0, 200).Select(n => (Subject: $"user_{n}", Token: forge.Session(claims => claims["sub"] = $"user_{n}"))).ToArray();
        var forged = genuine.Select((one, n) => Crafted.Signed(genuine[(n + 1) % genuine.Length].Token) + "." + Crafted.LastPart(one.Token)).ToArray();

        await OnAllCoresAsync(runs.Count, async n =>
        {
            // Mostly a few, so that some are found in the cache; now and then any.
            var at = n % 5 == 0 ? n % genuine.Length : n % 12;
            var result = await verifier.VerifyAsync(genuine[at].Token, new Entrance(), CancellationToken.None);
            if (result.Claims?.Subject != genuine[at].Subject)
            {
                wrong.Enqueue($"{n}: {result.Claims?.Subject} {result.Failure} instead of {genuine[at].Subject}");
            }

            var forgery = n % 7 == 0 ? await verifier.VerifyAsync(forged[at], new Entrance(), CancellationToken.None) : default;
            if (forgery.Succeeded)
            {
                wrong.Enqueue($"{n}: forgery as {forgery.Claims.Subject}");
            }
        });

        Assert.Empty(wrong);
    }

    [Fact]
    [Proves("G27")]
    public async Task A_remembered_token_is_refused_by_the_very_next_use_on_all_cores()
    {
        var runs = Counts.Of("revocation-threads");
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var list = new RevocationList(clock);
        var verifier = new TokenVerifier([forge.Issuer], clock, list);
        var heard = new ConcurrentDictionary<string, int>();
        var wrong = new ConcurrentQueue<string>();
        var untouched = forge.Session(claims => claims["sid"] = "sess_untouched");
        using var watching = list.Watch(revocation => heard.AddOrUpdate(revocation.Value, 1, (_, times) => times + 1));

        await OnAllCoresAsync(runs.Count, async n =>
        {
            var session = $"sess_{n}";
            var token = forge.Session(claims => claims["sid"] = session);
            var before = await RefusalAsync(token) ?? await RefusalAsync(token);

            // Many that run out at once, so that the list is swept all the while.
            list.Add(new Revocation(RevocationKind.Session, $"sess_brief_{n}", clock.GetUtcNow(), clock.GetUtcNow().AddTicks(1)));
            clock.Advance(TimeSpan.FromTicks(10));
            list.Add(new Revocation(RevocationKind.Session, session, clock.GetUtcNow(), clock.GetUtcNow().AddHours(1)));
            var after = await RefusalAsync(token);
            var other = await RefusalAsync(untouched);
            if ((before, after, other) != (null, TokenFailure.Revoked, null))
            {
                wrong.Enqueue($"{n}: before {before}, after {after}, another {other}");
            }
        });

        Assert.Empty(wrong);
        clock.AdvanceSeconds(1);
        Assert.Equal(runs.Count, list.All.Count);
        Assert.All(Enumerable.Range(0, runs.Count), n => Assert.Equal(1, heard[$"sess_{n}"]));

        async Task<TokenFailure?> RefusalAsync(string token)
        {
            var result = await verifier.VerifyAsync(token, new Entrance(), CancellationToken.None);
            return result.Succeeded ? null : result.Failure;
        }
    }

    // Whoever comes last, the latest and the longest hold: nobody's revocation is taken back by another's of the same name.
    [Fact]
    public async Task Of_many_revocations_of_one_user_at_once_the_latest_and_the_longest_hold()
    {
        var runs = Counts.Of("revocation-threads");
        var clock = new TestClock();
        var list = new RevocationList(clock);
        var start = clock.GetUtcNow();
        await OnAllCoresAsync(runs.Count, n =>
        {
            var (at, life) = Shuffled(n);
            list.Add(new Revocation(RevocationKind.User, TokenForge.UserId, start.AddSeconds(at), start.AddHours(1).AddSeconds(life)));
            return Task.CompletedTask;
        });

        var kept = Assert.Single(list.All);
        var all = Enumerable.Range(0, runs.Count).Select(Shuffled).ToArray();
        Assert.Equal((start.AddSeconds(all.Max(one => one.At)), start.AddHours(1).AddSeconds(all.Max(one => one.Life))), (kept.At, kept.Until));

        (long At, long Life) Shuffled(int n) => (n * 7919L % runs.Count, n * 104_729L % runs.Count);
    }

    private static Task OnAllCoresAsync(int count, Func<int, Task> run)
    {
        var workers = Environment.ProcessorCount * 2;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var n = worker; n < count; n += workers)
            {
                await run(n);
            }
        })));
    }
}
