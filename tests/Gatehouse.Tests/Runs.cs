using System.Globalization;

namespace Gatehouse.Tests;

/// <summary>How much each counted suite tries, and from which seed: the one place for both.</summary>
internal sealed record Runs(string Name, int Count, int Seed)
{
    private static readonly Dictionary<string, int> Table = new(StringComparer.Ordinal)
    {
        ["token-flips"] = 8,
        ["token-texts"] = 5_000,
        ["token-claims-fuzz"] = 200_000,
        ["token-signed-fuzz"] = 2_000,
        ["token-keys-fuzz"] = 20_000,
        ["token-threads"] = 100_000,
        ["limit-model"] = 500,
    };

    public static Runs Of(string name)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GATEHOUSE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : new Random().Next();
        var runs = new Runs(name, Table[name], seed);
        TestContext.Current.TestOutputHelper?.WriteLine(runs.ToString());
        return runs;
    }

    public Random Random() => new(Seed);

    public override string ToString() => $"counted: {Name}: {Count} cases, GATEHOUSE_SEED={Seed}";
}
