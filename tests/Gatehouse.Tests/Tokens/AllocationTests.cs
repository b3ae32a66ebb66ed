using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class AllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(TokenClass.Session, false)]
    [InlineData(TokenClass.Session, true)]
    [InlineData(TokenClass.M2M, false)]
    public void A_token_never_seen_before_costs_less_than_4_kB(TokenClass tokenClass, bool custom)
    {
        const int Rounds = 50;
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var verifier = new TokenVerifier([forge.Issuer], clock);
        var tokens = Enumerable.Range(0, Rounds + 1).Select(n => tokenClass == TokenClass.M2M
            ? forge.M2M(claims => claims["jti"] = $"mt_{n}")
            : forge.Session(claims => claims[custom ? "role" : "jti"] = $"{n}")).ToArray();
        Verify(verifier, tokens[Rounds]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Rounds; n++)
        {
            Verify(verifier, tokens[n]);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
        output.WriteLine($"{tokenClass}{(custom ? " with a custom claim" : "")}: {each} bytes allocated for each never-seen token");
        Assert.InRange(each, 1, 4096);
    }

    private static void Verify(TokenVerifier verifier, string token)
    {
        var answer = verifier.VerifyAsync(token, Gate.Open, CancellationToken.None);
        Assert.True(answer.IsCompletedSuccessfully && answer.Result.Succeeded);
    }
}
