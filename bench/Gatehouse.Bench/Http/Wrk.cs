using System.Diagnostics;
using System.Globalization;

namespace Gatehouse.Bench.Http;

/// <summary>Drives a server with wrk (Debian's package), and reads its rate. An answer that is not 200 ends the bench.</summary>
internal static class Wrk
{
    public static Contestant Contestant(string name, string url, string token, string? script = null, string path = "/thing", params string[] headers) => new(name, async duration =>
    {
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("wrk", ["-t1", "-c32", $"-d{seconds}s", "-H", $"Authorization: Bearer {token}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var header in headers)
        {
            start.ArgumentList.Add("-H");
            start.ArgumentList.Add(header);
        }

        if (script is not null)
        {
            start.ArgumentList.Add("-s");
            start.ArgumentList.Add(script);
        }

        start.ArgumentList.Add(url + path);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Any(line => line.StartsWith("Non-2xx", StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"{name}: {output}");
        }

        var rate = lines.Single(line => line.StartsWith("Requests/sec:", StringComparison.Ordinal));
        return double.Parse(rate["Requests/sec:".Length..].Trim(), CultureInfo.InvariantCulture);
    });
}
