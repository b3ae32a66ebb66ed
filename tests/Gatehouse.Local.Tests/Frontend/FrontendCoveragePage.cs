using System.Globalization;
using System.Text;
using Gatehouse.Local.Clerk.Operations;
using Gatehouse.Local.Tests.Backend;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>The page that says which operations of the Frontend API the local Clerk answers.</summary>
internal static class FrontendCoveragePage
{
    public const string File = "docs/local-clerk-frontend.md";

    public static IReadOnlyList<Coverage> Of(RunningClerk clerk) => Coverage.Of(clerk.Endpoints, PublishedOperations.Frontend, "/__clerk");

    public static string Write(IReadOnlyList<Coverage> coverage)
    {
        var page = new StringBuilder();
        page.AppendLine("# What the local Clerk answers of the Frontend API").AppendLine();
        page.AppendLine("Generated from the routes against the list of operations of version 2026-05-12; `./test --update` rewrites it. All stand behind `/__clerk`.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture,
            $"{coverage.Count(operation => operation.Answered)} of {coverage.Count} operations are answered. Any other answers 501 `not_implemented` with its name.");
        page.AppendLine();
        page.AppendLine("| family | answered | 501 |").AppendLine("| --- | --- | --- |");
        foreach (var family in coverage.GroupBy(operation => Family(operation.Published.Path), StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| `{family.Key}` | {CoveragePage.Names(family, answered: true)} | {CoveragePage.Names(family, answered: false)} |");
        }

        return page.ToString();
    }

    // Two words of the path, less what stands for an id.
    private static string Family(string path) => string.Join('/', path.Split('/')
        .Where(segment => segment != "v1" && !segment.StartsWith('{'))
        .Take(3));
}
