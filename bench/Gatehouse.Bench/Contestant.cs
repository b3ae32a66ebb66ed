namespace Gatehouse.Bench;

/// <summary>Something that is measured: runs for a while and says how many operations a second it did.</summary>
internal sealed record Contestant(string Name, Func<TimeSpan, Task<double>> Run)
{
    /// <summary>
    /// Measures all in turns, round by round, so that a machine that slows down slows all of them; the first round warms up and is dropped.
    /// </summary>
    /// <returns>The median of each.</returns>
    public static async Task<Dictionary<string, double>> MeasureAsync(BenchOptions options, params IReadOnlyList<Contestant> contestants)
    {
        var rates = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                var rate = await contestant.Run(options.Round);
                if (round > 0)
                {
                    rates[contestant.Name].Add(rate);
                }
            }
        }

        return rates.ToDictionary(rate => rate.Key, rate => Median(rate.Value), StringComparer.Ordinal);
    }

    /// <summary>Repeats an operation on this thread for about so long.</summary>
    public static double Rate(TimeSpan duration, Action<int> operation)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var count = 0;
        do
        {
            for (var batch = 0; batch < 64; batch++)
            {
                operation(count++);
            }
        }
        while (time.GetElapsedTime(start) < duration);

        return count / time.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
