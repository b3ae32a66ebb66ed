using System.Text.RegularExpressions;

namespace Gatehouse.Conventions.Tests;

/// <summary>A requirement's id, and the test or page that says it proves it; without one the mark stands where nothing follows.</summary>
internal sealed partial record Proof(string Id, string? By, string File)
{
    public static IEnumerable<Proof> All() =>
    [
        .. Repository.Under("tests", ".cs").Where(IsNotOurs).SelectMany(file => InCSharp(file, Repository.Read(file))),
        .. Repository.Under("tests", "js").Where(IsNotOurs).SelectMany(file => InJavaScript(file, Repository.Read(file))),
        .. Repository.Under("docs", ".md").Where(file => file != RequirementTable.File).SelectMany(file => InPage(file, Repository.Read(file))),
    ];

    /// <summary><c>[Proves("A1", "A2")]</c> before a test method or a class.</summary>
    public static IEnumerable<Proof> InCSharp(string file, string text) =>
        from mark in CSharpMark.Matches(text)
        let owner = ClassName.Matches(text[..mark.Index]).LastOrDefault()?.Groups["class"].Value
        let declaration = Declaration.Match(text, mark.Index)
        let test = declaration.Groups["class"].Success ? declaration.Groups["class"].Value
            : declaration.Success ? $"{owner}.{declaration.Groups["method"].Value}" : null
        from id in Ids(mark)
        select new Proof(id, test is null ? null : $"`{test}`", file);

    /// <summary><c>// proves: A1, A2</c> on the line before <c>test('…'</c>.</summary>
    public static IEnumerable<Proof> InJavaScript(string file, string text) =>
        from mark in JavaScriptMark.Matches(text)
        let title = mark.Groups["title"]
        from id in Ids(mark)
        select new Proof(id, title.Success ? $"`{file}`: {title.Value.Replace("|", "\\|", StringComparison.Ordinal)}" : null, file);

    /// <summary><c>&lt;!-- proves: A1 A2 --&gt;</c> anywhere in a page.</summary>
    public static IEnumerable<Proof> InPage(string file, string text) =>
        from mark in PageMark.Matches(text)
        from id in Ids(mark)
        select new Proof(id, $"[{file["docs/".Length..]}]({file["docs/".Length..]})", file);

    private static bool IsNotOurs(string file) => !file.StartsWith("tests/Gatehouse.Conventions.Tests/", StringComparison.Ordinal);

    private static IEnumerable<string> Ids(Match mark) => IdPattern.Matches(mark.Groups["ids"].Value).Select(id => id.Value);

    [GeneratedRegex(@"\bProves\((?<ids>[^)]*)\)")]
    private static partial Regex CSharpMark { get; }

    [GeneratedRegex(@"^[ \t]*(?:(?:public|internal|sealed|abstract|static|partial|file) )*class (?<class>\w+)", RegexOptions.Multiline)]
    private static partial Regex ClassName { get; }

    [GeneratedRegex(@"^[ \t]*(?:public|internal|protected|private)\b[^\n]*?\b(?:class (?<class>\w+)|(?<method>\w+)(?:<[^>\n]+>)?\()", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"//[ ]*proves:(?<ids>[^\n]*)(?:\r?\n[ \t]*(?:await )?(?:test|it)\([ \t\r\n]*(?<quote>['""`])(?<title>.*?)\k<quote>)?")]
    private static partial Regex JavaScriptMark { get; }

    [GeneratedRegex("<!--[ ]*proves:(?<ids>[^>]*)-->")]
    private static partial Regex PageMark { get; }

    [GeneratedRegex(@"\b[A-Z]+\d+\b")]
    private static partial Regex IdPattern { get; }
}
