using System.Text.RegularExpressions;

namespace Gatehouse.Conventions.Tests;

/// <summary>docs/requirements.md: rows of id, requirement, and what proves it. Only the last column is generated.</summary>
internal static partial class RequirementTable
{
    public const string File = "docs/requirements.md";

    public static IEnumerable<string> Ids(string table) => Row.Matches(table).Select(row => row.Groups["id"].Value);

    public static string WithProofs(string table, IEnumerable<Proof> proofs)
    {
        var byId = proofs.Where(proof => proof.By is not null).ToLookup(proof => proof.Id, proof => proof.By!);
        return Row.Replace(table, row =>
        {
            var by = byId[row.Groups["id"].Value].Distinct().Order(StringComparer.Ordinal).ToList();
            return $"{row.Groups["given"].Value} {(by.Count == 0 ? "—" : string.Join(", ", by))} |";
        });
    }

    [GeneratedRegex(@"^(?<given>\| (?<id>[A-Z]+\d+) \| (?:\\\||[^|\n])* \|)[^\n]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row { get; }
}
