namespace Gatehouse.Local.Tests.Data;

/// <summary>Where the repository is that these tests were built in.</summary>
internal static class Repository
{
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
            {
                return Path.Combine(folder.FullName, file);
            }
        }

        throw new DirectoryNotFoundException("no folder above the tests holds Gatehouse.slnx");
    }
}
