using Gatehouse.Local.Tests.Frontend;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

[Proves("A8")]
public sealed class CoveragePageTests
{
    [Fact]
    public async Task Page_says_what_is_answered()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await AssertCurrentAsync(CoveragePage.File, CoveragePage.Write(Coverage.Of(clerk.Endpoints)));
    }

    [Fact]
    public async Task Page_of_the_frontend_says_what_is_answered()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await AssertCurrentAsync(FrontendCoveragePage.File, FrontendCoveragePage.Write(FrontendCoveragePage.Of(clerk)));
    }

    private static async Task AssertCurrentAsync(string file, string content)
    {
        var (path, expected) = (Path.Combine(FindRoot(), file), content.ReplaceLineEndings("\n"));
        if (Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);
        }

        var actual = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";
        Assert.True(actual == expected, $"{file} is stale: ./test --update rewrites it.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from a folder inside the repository.");
        }

        return folder.FullName;
    }
}
