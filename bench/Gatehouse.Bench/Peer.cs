using System.Diagnostics;
using System.Globalization;

namespace Gatehouse.Bench;

/// <summary>A peer from npm, run by Node as a process of its own, once a round.</summary>
internal static class Peer
{
    /// <summary>Runs a script of <c>bench/peers</c>, whose last line is its rate.</summary>
    public static Contestant Node(string name, string script, params IReadOnlyList<string> arguments) => new(name, async duration =>
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(Folder(), script));
        start.ArgumentList.Add(duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{script} ended with {process.ExitCode}");
    });

    /// <summary>Where the peers are.</summary>
    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "bench", "peers");
            if (Directory.Exists(peers))
            {
                return peers;
            }
        }

        throw new DirectoryNotFoundException("bench/peers is not above the program");
    }
}
