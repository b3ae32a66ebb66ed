using System.Security.Cryptography;
using System.Text.Json;

namespace Gatehouse.Bench.Local;

/// <summary>
/// How fast the local Clerk is there, and how fast it answers: from start to first answer, listing 100,000 users, reading, minting and
/// writing, beside a bare Kestrel with the same bytes and the bare signature.
/// </summary>
internal static class LocalBench
{
    private const int Users = 100_000;
    private const int Seeded = 4;
    private const int Million = 1_000_000;
    private const int Clients = 8;
    private const int ManyClients = 64;
    private const double StartAim = 300;
    private const double ListAim = 5;

    public static async Task<BenchReport> RunAsync(BenchOptions options)
    {
        var (first, start) = await StartBench.RunAsync(options, users: 0);
        var (_, startWithUsers) = await StartBench.RunAsync(options, Users);
        await using var clerk = await BenchClerk.StartAsync(Users);
        var byCursor = await ListBench.RunAsync(options, clerk, Users + Seeded, byCursor: true);
        var byOffset = await ListBench.RunAsync(options, clerk, Users + Seeded, byCursor: false);
        var rates = await MeasureRatesAsync(options, clerk);
        var bytes = await BytesPerUserAsync();
        return new BenchReport(
            "local",
            [
                new BenchRow("start to first answer, first in the process", first, "ms"),
                new BenchRow("start to first answer", start, "ms"),
                new BenchRow("start to first answer with 100,000 users", startWithUsers, "ms"),
                new BenchRow("100,000 users in pages of 500, by cursor", byCursor, "s"),
                new BenchRow("100,000 users in pages of 500, by offset", byOffset, "s"),
                .. rates.Select(rate => new BenchRow(rate.Key, rate.Value, "requests/s")),
                new BenchRow("memory of a generated user, of a million", bytes, "B"),
            ],
            [
                new BenchAim("start to first answer", start, "< 300 ms", start < StartAim),
                new BenchAim("100,000 users in pages of 500, by cursor", byCursor, "< 5 s", byCursor < ListAim),
                new BenchAim("100,000 users in pages of 500, by offset", byOffset, "< 5 s", byOffset < ListAim),
            ]);
    }

    private static async Task<Dictionary<string, double>> MeasureRatesAsync(BenchOptions options, BenchClerk clerk)
    {
        var ids = await IdsAsync(clerk);
        var one = await clerk.Http.GetByteArrayAsync($"/v1/users/{ids[0]}");
        var (bare, http) = await RequestBench.StartBareAsync(one);
        await using var _ = bare;
        using var __ = http;
        using var rsa = RSA.Create(2048);
        var hash = SHA256.HashData(one);
        return await Contestant.MeasureAsync(
            options,
            RequestBench.Bare("bare Kestrel, the same bytes", http, Clients),
            RequestBench.Reads("one user, 8 clients", clerk, ids, Clients),
            RequestBench.Mixed("reads and writes, 64 clients", clerk, ids, ManyClients),
            new Contestant("RSA signatures alone, one core", duration => Task.FromResult(
                Contestant.Rate(duration, _ => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))),
            await RequestBench.MintsAsync("session tokens minted, 8 clients", clerk, Clients));
    }

    private static async Task<List<string>> IdsAsync(BenchClerk clerk)
    {
        var ids = new List<string>();
        for (var offset = 0; offset < 20_000; offset += 500)
        {
            using var page = JsonDocument.Parse(await clerk.Http.GetByteArrayAsync($"/v1/users?limit=500&offset={offset}"));
            ids.AddRange(page.RootElement.EnumerateArray().Select(user => user.GetProperty("id").GetString()!));
        }

        return ids;
    }

    /// <summary>What a server with a million users holds more than one with none.</summary>
    private static async Task<double> BytesPerUserAsync()
    {
        await HeldAsync(Million);   // what stays of the first of any size is no user's
        var none = await HeldAsync(users: 0);
        return Math.Max(0, await HeldAsync(Million) - none) / (double)Million;
    }

    private static async Task<long> HeldAsync(int users)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var clerk = await BenchClerk.StartAsync(users);
        using (var answer = await clerk.Http.GetAsync("/v1/users?limit=1&offset=900000"))
        {
            answer.EnsureSuccessStatusCode();
        }

        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
