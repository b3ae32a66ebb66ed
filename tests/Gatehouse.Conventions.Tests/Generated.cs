namespace Gatehouse.Conventions.Tests;

internal static class Generated
{
    /// <summary>Compares a generated file with what it should hold, or rewrites it when updating. An empty one need not exist.</summary>
    public static void IsCurrent(string file, string expected)
    {
        var path = Repository.FullPath(file);
        var actual = File.Exists(path) ? File.ReadAllText(path) : "";
        if (Repository.Updating && actual != expected)
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.True(actual == expected, $"{file} is stale: ./test --update rewrites it.\n{Difference(actual, expected)}");
    }

    private static string Difference(string actual, string expected)
    {
        string[] old = actual.Split('\n'), current = expected.Split('\n');
        return string.Join('\n', [.. old.Except(current).Select(line => "- " + line), .. current.Except(old).Select(line => "+ " + line)]);
    }
}
