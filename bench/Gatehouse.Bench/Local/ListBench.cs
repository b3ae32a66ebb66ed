using System.Text.Json;

namespace Gatehouse.Bench.Local;

/// <summary>How long it takes to list every user in pages of 500, as a program does that copies an instance.</summary>
internal static class ListBench
{
    private const int PageSize = 500;

    /// <summary>Seconds, by offset or by the last id of the page before: the median of several.</summary>
    public static async Task<double> RunAsync(BenchOptions options, BenchClerk clerk, int users, bool byCursor)
    {
        var times = new List<double>();
        for (var round = 0; round <= (options.Quick ? 2 : options.Rounds); round++)
        {
            var start = TimeProvider.System.GetTimestamp();
            var listed = await ListAsync(clerk, byCursor);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
            if (listed.Count != users)
            {
                throw new InvalidOperationException($"{listed.Count} different users were listed, and there are {users}");
            }
        }

        times.RemoveAt(0);   // the first round compiles
        times.Sort();
        return times[(times.Count - 1) / 2];
    }

    private static async Task<HashSet<string>> ListAsync(BenchClerk clerk, bool byCursor)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string last = "";
        while (true)
        {
            var from = byCursor ? $"starting_after={last}" : $"offset={seen.Count}";
            var page = Ids(await clerk.Http.GetByteArrayAsync($"/v1/users?limit={PageSize}&{from}"));
            if (page.Count == 0)
            {
                return seen;
            }

            seen.UnionWith(page);
            last = page[^1];
        }
    }

    private static List<string> Ids(byte[] page)
    {
        var ids = new List<string>(PageSize);
        var json = new Utf8JsonReader(page);
        while (json.Read())
        {
            if (json.CurrentDepth == 2 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("id"u8))
            {
                json.Read();
                ids.Add(json.GetString()!);
            }
        }

        return ids;
    }
}
