using System.Text.Json;
using Gatehouse.Limits;

namespace Gatehouse.Testbed.Limits;

/// <summary>
/// A sequence of calls of one caller and what the real @upstash/ratelimit decided about each on a real redis-server (tests/limits/make.mjs).
/// </summary>
public sealed record LimitVector(string Name, VectorPolicy Policy, IReadOnlyList<VectorCall> Calls)
{
    private static readonly Dictionary<string, LimitVector> Table = ReadTable();

    /// <summary>The names of all sequences.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    public static LimitVector Of(string name) => Table[name];

    public LimitPolicy ToPolicy()
    {
        var window = TimeSpan.FromMilliseconds(Policy.Window);
        return Policy.Algorithm switch
        {
            nameof(LimitAlgorithm.SlidingWindow) => LimitPolicy.SlidingWindow("vector", Policy.Limit, window),
            nameof(LimitAlgorithm.FixedWindow) => LimitPolicy.FixedWindow("vector", Policy.Limit, window),
            nameof(LimitAlgorithm.TokenBucket) => LimitPolicy.TokenBucket("vector", Policy.Limit, Policy.Refill, window),
            _ => throw new InvalidDataException($"no algorithm is called {Policy.Algorithm}"),
        };
    }

    private static Dictionary<string, LimitVector> ReadTable()
    {
        var assembly = typeof(LimitVector).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("limits/", StringComparison.Ordinal))
            .SelectMany(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<LimitVector[]>(stream, JsonSerializerOptions.Web)!;
            })
            .ToDictionary(vector => vector.Name, StringComparer.Ordinal);
    }
}
