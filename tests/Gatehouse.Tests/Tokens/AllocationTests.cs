using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Bound = 1000;

    [Theory]
    [InlineData("session", 0)]
    [InlineData("session with a role", 1)]
    [InlineData("session with a role and metadata", 2)]
    [InlineData("session with a role in an organization", 3)]
    [InlineData("machine", 4)]
    public void A_token_never_seen_before_costs_less_than_1000_bytes(string what, int kind)
    {
        const int Rounds = 50;
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var verifier = new TokenVerifier([forge.Issuer], clock);
        var tokens = Enumerable.Range(0, Rounds + 1).Select(n => Make(forge, kind, n)).ToArray();
        Verify(verifier, tokens[Rounds]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Rounds; n++)
        {
            Verify(verifier, tokens[n]);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        output.WriteLine($"{what}: {each} bytes allocated for each never-seen token");
        Assert.InRange(each, 1, Bound - 1);
    }

    private static string Make(TokenForge forge, int kind, int n) => kind == 4
        ? forge.M2M(claims => claims["jti"] = $"mt_{n:x32}")
        : forge.Session(claims =>
        {
            claims["jti"] = $"{n:x20}";
            if (kind > 0)
            {
                claims["role"] = "admin";
            }

            if (kind == 2)
            {
                claims["metadata"] = new JsonObject { ["department"] = "engineering", ["level"] = 7, ["tags"] = new JsonArray("a", "b", "c") };
            }

            if (kind == 3)
            {
                claims["fea"] = "o:billing,o:reports,u:exports";
                claims["o"] = new JsonObject
                {
                    ["id"] = "org_2LocalOperators000000000001",
                    ["slg"] = "operators",
                    ["rol"] = "admin",
                    ["per"] = "read,manage",
                    ["fpm"] = "3,1",
                };
            }
        });

    private static void Verify(TokenVerifier verifier, string token)
    {
        var answer = verifier.VerifyAsync(token, Gate.Open, CancellationToken.None);
        Assert.True(answer.IsCompletedSuccessfully && answer.Result.Succeeded);
    }
}
