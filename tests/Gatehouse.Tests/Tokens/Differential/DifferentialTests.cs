using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>Mutated tokens before two judges: what Gatehouse lets in, a slow verifier written from the RFCs lets in too, as the same.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private static readonly TestClock Clock = new();
    private static readonly long Now = Clock.GetUtcNow().ToUnixTimeSeconds();

    // Each with the same said twice, once for each judge: nothing of the one is made from the other.
    private static readonly (Entrance Ours, SlowEntrance Theirs)[] Entrances =
    [
        (new Entrance(), Slow(["Session"])),
        (new Entrance { AuthorizedParties = [TokenForge.Origin] }, Slow(["Session"], parties: [TokenForge.Origin])),
        (new Entrance { Classes = TokenClass.Session | TokenClass.Template, AuthorizedParties = [TokenForge.Origin], AdmitAbsentParty = true, AdmitPending = true },
            Slow(["Session", "Template"], parties: [TokenForge.Origin], admitAbsent: true, admitPending: true)),
        (new Entrance { Classes = TokenClass.Template, Audiences = ["hemera-api"], TemplateClaim = "service" },
            Slow(["Template"], audiences: ["hemera-api"], templateClaim: "service")),
        (new Entrance { Classes = TokenClass.M2M, MachineId = TokenForge.ReceiverId }, Slow(["M2M"], machine: TokenForge.ReceiverId)),
        (new Entrance { Classes = TokenClass.OAuth, Audiences = [ForeignIssuer.Audience] }, Slow(["OAuth"], audiences: [ForeignIssuer.Audience])),
        (new Entrance { Classes = (TokenClass)63, MachineId = TokenForge.ReceiverId },
            Slow(["Session", "Template", "M2M", "OAuth"], machine: TokenForge.ReceiverId)),
        (new Entrance { Classes = (TokenClass)63, MachineId = TokenForge.ReceiverId, Audiences = [ForeignIssuer.Audience, "hemera-api"], Skew = TimeSpan.Zero },
            Slow(["Session", "Template", "M2M", "OAuth"], machine: TokenForge.ReceiverId, audiences: [ForeignIssuer.Audience, "hemera-api"], skew: 0)),
    ];

    [Fact]
    [Proves("G29", "G30", "G31", "G36", "G38")]
    public async Task Nothing_is_let_in_that_the_slow_verifier_refuses()
    {
        var runs = Counts.Of("token-differential");
        var mutator = new TokenMutator(Now);
        var ours = new TokenVerifier([new TokenForge(Clock).Issuer, new TokenForge(Clock, instance: 2).Issuer, ForeignIssuer.Issuer], Clock);
        var (wrong, stricter, accepted) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<string, int>(), 0);
        var workers = Environment.ProcessorCount;

        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var theirs = new SlowVerifier(SlowIssuers(), Now);
            for (var n = worker; n < runs.Count && wrong.IsEmpty; n += workers)
            {
                var random = new Random(HashCode(runs.Seed, n));
                var token = mutator.Next(random);
                var (ourEntrance, theirEntrance) = Entrances[random.Next(Entrances.Length)];
                var (result, verdict) = (await ours.VerifyAsync(token, ourEntrance, CancellationToken.None), theirs.Verify(token, theirEntrance));
                if (result.Succeeded && (!verdict.Accepts || verdict.Class != $"{result.Claims.Class}" || verdict.Subject != result.Claims.Subject))
                {
                    wrong.Enqueue($"case {n} of {runs}: let in as {result.Claims.Class} of {result.Claims.Subject}; slow: {verdict}: {token}");
                }
                else if (!result.Succeeded && verdict.Accepts)
                {
                    var rules = ListedRules.Of(token, issuer => issuer == ForeignIssuer.Name);
                    if (rules.Count == 0)
                    {
                        wrong.Enqueue($"case {n} of {runs}: refused for {result.Failure} by no listed rule: {token}");
                    }

                    stricter.AddOrUpdate(rules.Count == 0 ? "none" : rules[0], 1, (_, count) => count + 1);
                }

                Interlocked.Add(ref accepted, result.Succeeded ? 1 : 0);
            }
        })));

        output.WriteLine($"let in by both: {accepted}; refused though the slow verifier accepts: {stricter.Values.Sum()}");
        foreach (var (rule, count) in stricter.OrderByDescending(rule => rule.Value))
        {
            output.WriteLine($"  {count}: {rule}");
        }

        Assert.Empty(wrong);
        Assert.InRange(accepted, runs.Count / 100, runs.Count / 2);
    }

    private static int HashCode(int seed, int n) => unchecked((seed * 486_187_739) + (n * 16_777_619));

    private static SlowEntrance Slow(
        string[] classes,
        string[]? parties = null,
        bool admitAbsent = false,
        string[]? audiences = null,
        string? machine = null,
        string? templateClaim = null,
        bool admitPending = false,
        int skew = 5) => new(
            classes,
            parties ?? [],
            admitAbsent,
            audiences ?? [],
            machine,
            templateClaim,
            admitPending,
            skew,
            new Dictionary<string, int> { ["Session"] = 3600, ["Template"] = 900, ["M2M"] = 3600, ["OAuth"] = 86_400 });

    private static SlowIssuer[] SlowIssuers() =>
    [
        .. new[] { 1, 2 }.Select(instance =>
        {
            var forge = new TokenForge(Clock, instance);
            var key = RSA.Create();
            key.ImportFromPem(forge.PublicPem);
            return new SlowIssuer(forge.IssuerName, IsForeign: false, new Dictionary<string, AsymmetricAlgorithm> { [forge.KeyId] = key });
        }),
        new SlowIssuer(
            ForeignIssuer.Name,
            IsForeign: true,
            new Dictionary<string, AsymmetricAlgorithm>
            {
                [ForeignIssuer.RsaKeyId] = RSA.Create(ForeignIssuer.Rsa.ExportParameters(includePrivateParameters: false)),
                [ForeignIssuer.EcKeyId] = ECDsa.Create(ForeignIssuer.Ec.ExportParameters(includePrivateParameters: false)),
            }),
    ];
}
