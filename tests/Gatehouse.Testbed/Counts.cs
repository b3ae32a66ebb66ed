using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Gatehouse.Testbed;

/// <summary>
/// How much a counted suite tries, from tests/counts.json: the quick number, or the full one when GATEHOUSE_COUNTS is <c>full</c>.
/// The seed is GATEHOUSE_SEED, so that a failure can be repeated, or new in each run.
/// </summary>
public sealed record Counts(string Name, int Count, int Seed)
{
    private static readonly Dictionary<string, Dictionary<string, int>> Table = ReadTable();

    private static readonly int RunSeed = int.TryParse(
        Environment.GetEnvironmentVariable("GATEHOUSE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : System.Random.Shared.Next();

    /// <summary>Every name in the table.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The count and seed of a suite, which are also written to the running test's output and so to the end of <c>./test</c>.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such name.</exception>
    public static Counts Of(string name)
    {
        var form = Environment.GetEnvironmentVariable("GATEHOUSE_COUNTS") == "full" ? "full" : "quick";
        var counts = new Counts(name, Table[name][form], RunSeed);
        TestContext.Current.TestOutputHelper?.WriteLine(counts.ToString());
        return counts;
    }

    /// <summary>Chance that the seed repeats; a new sequence from its beginning at each call.</summary>
    public Random Random() => new(Seed);

    public override string ToString() => $"counted: {Name}: {Count} cases, GATEHOUSE_SEED={Seed}";

    private static Dictionary<string, Dictionary<string, int>> ReadTable()
    {
        using var stream = typeof(Counts).Assembly.GetManifestResourceStream("counts.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, int>>>(stream)!;
    }
}
