using Gatehouse.Bench;
using Gatehouse.Bench.Http;
using Gatehouse.Bench.Limits;
using Gatehouse.Bench.Local;
using Gatehouse.Bench.Verify;

var benches = new Dictionary<string, Func<BenchOptions, Task<BenchReport>>>(StringComparer.Ordinal)
{
    ["http"] = HttpBench.RunAsync,
    ["limits"] = LimitsBench.RunAsync,
    ["local"] = LocalBench.RunAsync,
    ["verify"] = VerifyBench.RunAsync,
};

if (args is not [var name, .. var flags] || !benches.TryGetValue(name, out var bench) || flags.Except(["--json", "--quick"]).Any())
{
    await Console.Error.WriteLineAsync($"usage: ./bench/run {string.Join('|', benches.Keys)} [--json] [--quick]");
    return 2;
}

var report = await bench(new BenchOptions(flags.Contains("--quick")));
Console.WriteLine(flags.Contains("--json") ? report.ToJson() : report.ToTable());
return 0;
