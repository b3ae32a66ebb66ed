namespace Gatehouse.Browser.Tests;

/// <summary>The official packages, as <c>npm ci</c> puts them into <c>tests/interop</c>.</summary>
internal static class Npm
{
    /// <summary>The folder of the programs and packages.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>A package's folder. The running test is skipped, by name of what is missing, where it is not installed.</summary>
    public static string RequirePackage(string name)
    {
        var folder = Path.Combine(Folder, "node_modules", name);
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"the npm package {name} is not installed: run npm ci in tests/interop, or ./test");
        }

        return folder;
    }

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
