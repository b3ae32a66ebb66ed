using System.Security.Cryptography;
using System.Text;
using Gatehouse.Tokens;

namespace Gatehouse.Bench.Verify;

/// <summary>
/// How fast a never-seen RS256 session token is verified with all checks, against the bare signature check of the same tokens on the same
/// core, which is the physical limit, and against Clerk's own package for Node.
/// </summary>
internal static class VerifyBench
{
    public static async Task<BenchReport> RunAsync(BenchOptions options)
    {
        using var rsa = RSA.Create(2048);
        var tokens = SessionTokens.Make(rsa, options.Quick ? 500 : 2_000);
        var tokenFile = Path.Combine(Path.GetTempPath(), $"gatehouse-bench-{Environment.ProcessId}.txt");
        await File.WriteAllLinesAsync(tokenFile, [Convert.ToBase64String(Encoding.UTF8.GetBytes(rsa.ExportSubjectPublicKeyInfoPem())), .. tokens]);
        try
        {
            return await MeasureAsync(options, rsa, tokens, tokenFile);
        }
        finally
        {
            File.Delete(tokenFile);
        }
    }

    private static async Task<BenchReport> MeasureAsync(BenchOptions options, RSA rsa, string[] tokens, string tokenFile)
    {
        const string Limit = "RSA.VerifyHash alone";
        const string Ours = "Gatehouse, never-seen token";
        const string Clerk = "@clerk/backend verifyToken (networkless)";

        var verify = MakeVerifier(rsa);
        var signatures = tokens.Select(Signature).ToArray();
        var measured = await Contestant.MeasureAsync(
            options,
            new Contestant(Limit, duration => Task.FromResult(Contestant.Rate(duration, n => CheckSignature(rsa, signatures[n % signatures.Length])))),
            new Contestant(Ours, duration => Task.FromResult(Contestant.Rate(duration, n => verify(tokens[n % tokens.Length])))),
            Peer.Node(Clerk, "clerk-verify.mjs", tokenFile));
        var allocated = Allocated(() => verify(tokens[0]));

        var ratio = measured[Ours] / measured[Limit];
        return new BenchReport(
            "verify",
            [
                .. measured.Select(rate => new BenchRow(rate.Key, rate.Value, "verifications/s")),
                new BenchRow("Gatehouse / RSA.VerifyHash", ratio, "ratio"),
                new BenchRow("Gatehouse / @clerk/backend", measured[Ours] / measured[Clerk], "ratio"),
                new BenchRow("allocated for a never-seen token", allocated, "B"),
            ],
            [
                new BenchAim("never-seen token against RSA.VerifyHash", ratio, ">= 0.85", ratio >= 0.85),
                new BenchAim("allocated for a never-seen token", allocated, "< 1000 B", allocated < 1000),
            ]);
    }

    private static Action<string> MakeVerifier(RSA rsa)
    {
        SigningKey.TryCreate(SessionTokens.KeyId, rsa.ExportParameters(includePrivateParameters: false), out var key);
        var verifier = new TokenVerifier(
            [new TokenIssuer(SessionTokens.Issuer, new FixedKeySource(new KeySet(key!)))],
            new FixedTime());
        var entrance = new Entrance { AuthorizedParties = [SessionTokens.Origin] };
        return token =>
        {
            var result = verifier.VerifyAsync(token, entrance, CancellationToken.None);
            if (!result.IsCompletedSuccessfully || !result.Result.Succeeded)
            {
                throw new InvalidOperationException($"refused: {result.Result.Failure}");
            }
        };
    }

    private static (byte[] Hash, byte[] Bytes) Signature(string token)
    {
        var dot = token.LastIndexOf('.');
        return (SHA256.HashData(Encoding.ASCII.GetBytes(token[..dot])), System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(dot + 1)));
    }

    private static void CheckSignature(RSA rsa, (byte[] Hash, byte[] Bytes) signature)
    {
        if (!rsa.VerifyHash(signature.Hash, signature.Bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw new InvalidOperationException("a good signature was refused");
        }
    }

    private static double Allocated(Action operation)
    {
        const int Times = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Times; n++)
        {
            operation();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }

    // All tokens were made for this moment; reading the system's clock is measured with the rest.
    private sealed class FixedTime : TimeProvider
    {
        private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() < _start ? _start : _start.AddSeconds(1);
    }
}
