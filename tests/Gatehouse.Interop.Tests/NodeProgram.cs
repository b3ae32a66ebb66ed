using System.Diagnostics;

namespace Gatehouse.Interop.Tests;

/// <summary>Programs of <c>tests/interop</c>, run by Node with the official clients installed beside them.</summary>
internal static class NodeProgram
{
    /// <summary>The folder that holds them.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Skips the running test, by name of what is missing, unless Node and the packages are there.</summary>
    public static void RequireInstalled()
    {
        if (FindNode() is null)
        {
            Assert.Skip("Node is not installed");
        }

        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            Assert.Skip("npm packages are not installed: run npm ci in tests/interop, or ./test");
        }
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment)
    {
        using var process = Start(arguments, environment);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts one that goes on, to be talked to by its standard streams and ended by whoever started it.</summary>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(FindNode()!, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["CLERK_TELEMETRY_DISABLED"] = "1";
        start.Environment.Remove("NODE_TEST_CONTEXT");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string? FindNode() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "node"), Path.Combine(folder, "node.exe")])
            .FirstOrDefault(File.Exists);

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from a folder inside the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "interop");
    }
}
