using System.Globalization;
using System.Text;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>The page that says which operations of the Backend API the local Clerk answers.</summary>
internal static class CoveragePage
{
    public const string File = "docs/local-clerk-coverage.md";

    public static string Write(IReadOnlyList<Coverage> coverage)
    {
        var page = new StringBuilder();
        page.AppendLine("# What the local Clerk answers of the Backend API").AppendLine();
        page.AppendLine("Generated from the routes against the list of operations of version 2026-05-12; `./test --update` rewrites it.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture,
            $"{coverage.Count(operation => operation.Answered)} of {coverage.Count} operations are answered, each tried in a test and held against the fields and types of that version. Any other answers 501 `not_implemented` with its name.");
        page.AppendLine();
        page.AppendLine("| family | answered | 501 |").AppendLine("| --- | --- | --- |");
        foreach (var family in coverage.GroupBy(operation => operation.Published.Path.Split('/')[1], StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| `/{family.Key}` | {Names(family, answered: true)} | {Names(family, answered: false)} |");
        }

        page.AppendLine().AppendLine("No member of a body that Clerk takes is refused as unknown. These change nothing here:").AppendLine();
        foreach (var (name, why) in WritableFieldTests.WithoutEffect)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"- `{name}`: {why}");
        }

        return page.ToString();
    }

    internal static string Names(IEnumerable<Coverage> family, bool answered) => string.Join(", ", family
        .Where(operation => operation.Answered == answered)
        .OrderBy(operation => operation.Published.Path, StringComparer.Ordinal)
        .ThenBy(operation => operation.Published.Method, StringComparer.Ordinal)
        .Select(operation => operation.Published.Name));
}
