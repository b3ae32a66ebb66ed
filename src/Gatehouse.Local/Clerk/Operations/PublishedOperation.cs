namespace Gatehouse.Local.Clerk.Operations;

/// <summary>One operation of Clerk's published document.</summary>
internal sealed record PublishedOperation(string Method, string Path, string Name)
{
    private readonly string[] _segments = Path.Split('/');

    public bool Matches(string[] segments) =>
        segments.Length == _segments.Length
        && _segments.Zip(segments).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
}
