using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Tokens;

namespace Gatehouse.Bench.Verify;

/// <summary>
/// How fast an RS256 session token is verified with all checks: one that was never seen, against the bare signature check of the same tokens
/// on one core, which is the physical limit; and one that was seen before, with a thousand revocations in force. Beside them Clerk's own
/// package, two others of Node, and .NET's usual library.
/// </summary>
internal static class VerifyBench
{
    private const string Limit = "RSA.VerifyHash alone";
    private const string Unseen = "Gatehouse, never-seen token";
    private const string Custom = "Gatehouse, never-seen token with role, metadata and organization";
    private const string UnseenTwice = "Gatehouse, never-seen token, two threads";
    private const string Seen = "Gatehouse, token seen before";
    private const string Identity = "Microsoft.IdentityModel.JsonWebTokens 6.8.0";
    private const string Clerk = "@clerk/backend verifyToken";
    private const string Jose = "jose jwtVerify";
    private const string FastJwt = "fast-jwt";

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
        // A cache far smaller than the tokens that come in turn: each is gone before it comes again, and the cache's cost is paid.
        var unseen = MakeVerifier(rsa, cacheSize: 64);
        var seen = MakeVerifier(rsa, cacheSize: TokenVerifier.DefaultCacheSize);
        var usual = new IdentityModelPeer(rsa);
        var custom = SessionTokens.Make(rsa, tokens.Length, SessionTokens.Loaded);
        var signatures = tokens.Select(Signature).ToArray();
        var measured = await Contestant.MeasureAsync(
            options,
            OneThread(Limit, n => CheckSignature(rsa, signatures[n % signatures.Length])),
            OneThread(Unseen, n => unseen(tokens[n % tokens.Length])),
            OneThread(Custom, n => unseen(custom[n % custom.Length])),
            TwoThreads(UnseenTwice, n => unseen(tokens[n % tokens.Length])),
            OneThread(Seen, n => seen(tokens[n % 100])),
            OneThread(Identity, n => usual.Verify(tokens[n % tokens.Length])),
            Peer.Node(Clerk, "verify.mjs", "clerk", tokenFile),
            Peer.Node(Jose, "verify.mjs", "jose", tokenFile),
            Peer.Node(FastJwt, "verify.mjs", "fast-jwt", tokenFile));
        return Report(
            measured,
            Allocated(n => unseen(tokens[n % tokens.Length])),
            Allocated(n => unseen(custom[n % custom.Length])),
            Allocated(_ => seen(tokens[0])));
    }

    private static BenchReport Report(Dictionary<string, double> measured, double unseenBytes, double customBytes, double seenBytes)
    {
        var ratio = measured[Unseen] / measured[Limit];
        return new BenchReport(
            "verify",
            [
                .. measured.Select(rate => new BenchRow(rate.Key, rate.Value, "verifications/s")),
                new BenchRow("never-seen / RSA.VerifyHash", ratio, "ratio"),
                new BenchRow("never-seen, two threads / one", measured[UnseenTwice] / measured[Unseen], "ratio"),
                .. new[] { Identity, Clerk, Jose, FastJwt }.Select(peer => new BenchRow($"never-seen / {peer}", measured[Unseen] / measured[peer], "ratio")),
                new BenchRow("allocated for a never-seen token", unseenBytes, "B"),
                new BenchRow("allocated for a never-seen token with role, metadata and organization", customBytes, "B"),
                new BenchRow("allocated for a token seen before", seenBytes, "B"),
            ],
            [
                new BenchAim("never-seen token against RSA.VerifyHash", ratio, ">= 0.85", ratio >= 0.85),
                new BenchAim("allocated for a never-seen token", unseenBytes, "< 1000 B", unseenBytes < 1000),
                new BenchAim("allocated for a never-seen token with role, metadata and organization", customBytes, "< 1000 B", customBytes < 1000),
                new BenchAim("token seen before, one core", measured[Seen], ">= 2000000/s", measured[Seen] >= 2_000_000),
                new BenchAim("allocated for a token seen before", seenBytes, "0 B", seenBytes == 0),
            ]);
    }

    private static Contestant OneThread(string name, Action<int> operation) =>
        new(name, duration => Task.FromResult(Contestant.Rate(duration, operation)));

    private static Contestant TwoThreads(string name, Action<int> operation) => new(name, async duration =>
    {
        var rates = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Contestant.Rate(duration, operation))));
        return rates.Sum();
    });

    private static Action<string> MakeVerifier(RSA rsa, int cacheSize)
    {
        SigningKey.TryCreate(SessionTokens.KeyId, rsa.ExportParameters(includePrivateParameters: false), out var key);
        var revocations = new RevocationList(TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        for (var n = 0; n < 1_000; n++)
        {
            revocations.Add(new Revocation(RevocationKind.Session, $"sess_2Revoked{n}", now, now.AddHours(1)));
        }

        var verifier = new TokenVerifier(
            [new TokenIssuer(SessionTokens.Issuer, new FixedKeySource(new KeySet(key!)))], TimeProvider.System, revocations, cacheSize);
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
        return (SHA256.HashData(Encoding.ASCII.GetBytes(token[..dot])), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)));
    }

    private static void CheckSignature(RSA rsa, (byte[] Hash, byte[] Bytes) signature)
    {
        if (!rsa.VerifyHash(signature.Hash, signature.Bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw new InvalidOperationException("a good signature was refused");
        }
    }

    private static double Allocated(Action<int> operation)
    {
        const int Times = 1_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Times; n++)
        {
            operation(n);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
