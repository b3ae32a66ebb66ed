using System.Text.Json;

namespace Gatehouse.Interop.Tests;

/// <summary>One file of Node tests, each of which must pass.</summary>
internal static class NodeTestRun
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Runs a file and asserts every test in it; a message holds the test's own words and all that was printed.</summary>
    public static async Task AssertAllPassAsync(string file, IReadOnlyDictionary<string, string> environment)
    {
        var (exitCode, output, errors) = await NodeProgram.RunAsync(["--test", "--test-reporter=./reporter.mjs", file], environment);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<NodeTest>(line, Options)!)
            .ToList();
        var printed = string.Concat(lines.Select(line => line.Output)) + errors;
        var tests = lines.Where(line => line.Name is not null).ToList();

        Assert.True(tests.Count > 0, $"No test of {file} ran.\n{printed}");
        Assert.Multiple([.. tests.Select(test => (Action)(() => Assert.True(test.Passed, $"{test.Name}\n{test.Detail}\n{printed}")))]);
        Assert.True(exitCode == 0, $"node ended with {exitCode}.\n{printed}");
    }
}
