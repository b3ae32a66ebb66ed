namespace Gatehouse.Bench.Local;

/// <summary>How long a local Clerk takes from nothing to its first answer: built, started, asked for users over HTTP.</summary>
internal static class StartBench
{
    /// <summary>Milliseconds of the first start, with everything still to be compiled, and the median of those that follow.</summary>
    public static async Task<(double First, double Median)> RunAsync(BenchOptions options, int users)
    {
        var first = await StartAsync(users);
        var times = new List<double>();
        for (var round = 0; round < options.Rounds * 3; round++)
        {
            times.Add(await StartAsync(users));
        }

        times.Sort();
        return (first, times[times.Count / 2]);
    }

    private static async Task<double> StartAsync(int users)
    {
        var start = TimeProvider.System.GetTimestamp();
        await using var clerk = await BenchClerk.StartAsync(users);
        using var answer = await clerk.Http.GetAsync("/v1/users?limit=1");
        answer.EnsureSuccessStatusCode();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
