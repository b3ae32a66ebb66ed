using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Shapes;

/// <summary>One operation as version 2026-05-12 has it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path without the version prefix.</param>
/// <param name="Status">The status of success.</param>
/// <param name="Answer">The type of the body, null for none.</param>
/// <param name="Query">The query parameters.</param>
/// <param name="Body">The members that the body may have.</param>
/// <param name="TakesList">Whether the body is a list of such objects.</param>
public sealed record ShapedOperation(
    string Method,
    string Path,
    int Status,
    string? Answer,
    IReadOnlyList<string> Query,
    IReadOnlyList<string> Body,
    bool TakesList)
{
    public string Name => $"{Method} {Path}";

    public bool IsUnversioned =>
        Path.StartsWith("/api_keys", StringComparison.Ordinal)
        || Path.StartsWith("/m2m_tokens", StringComparison.Ordinal)
        || Path == "/oauth_applications/access_tokens/verify";

    public static ShapedOperation Read(string name, JsonObject facts) => new(
        name.Split(' ')[0],
        name.Split(' ')[1],
        (int)facts["status"]!,
        (string?)facts["answer"],
        Texts(facts["query"]),
        Texts(facts["body"] ?? facts["items"]),
        facts["items"] is not null);

    public static ShapedOperation? Find(IEnumerable<ShapedOperation> operations, string method, string path)
    {
        var segments = path.Split('/');
        return operations
            .Where(operation => operation.Method == method && operation.Matches(segments))
            .MinBy(operation => operation.Path.Count(letter => letter == '{'));
    }

    private bool Matches(string[] segments)
    {
        var own = Path.Split('/');
        return own.Length == segments.Length && own.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static string[] Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(item => (string)item!)];
}
