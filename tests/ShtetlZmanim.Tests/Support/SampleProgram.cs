using System.Diagnostics;

namespace ShtetlZmanim.Tests.Support;

/// <summary>A program of docs/external-api, run as its first lines say.</summary>
internal static class SampleProgram
{
    private static readonly string Folder = FindFolder();

    /// <summary>Runs it; skips the running test, by name of what is missing, where the language is not at hand.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var (tool, before, takesInput) = Path.GetExtension(file) switch
        {
            ".sh" => ("bash", (string[])[file], false),
            ".py" => ("python3", [file], false),
            ".ts" => ("node", ["--input-type=module", "-"], true),
            _ => ("go", ["run", file], false),
        };
        foreach (var needed in file.EndsWith(".sh", StringComparison.Ordinal) ? (string[])[tool, "curl", "jq"] : [tool])
        {
            if (!IsThere(needed))
            {
                Assert.Skip($"{needed} is not installed");
            }
        }

        var start = new ProcessStartInfo(tool, [.. before, .. arguments])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (takesInput)
            {
                await process.StandardInput.WriteAsync(await File.ReadAllTextAsync(Path.Combine(Folder, file)));
            }

            process.StandardInput.Close();
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

    private static bool IsThere(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from a folder inside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", "external-api");
    }
}
