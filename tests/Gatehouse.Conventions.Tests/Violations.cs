namespace Gatehouse.Conventions.Tests;

internal static class Violations
{
    /// <summary>Fails with the whole list, so that one run shows all there is to mend.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var found = violations.Distinct().ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
