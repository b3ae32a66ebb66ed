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
}
