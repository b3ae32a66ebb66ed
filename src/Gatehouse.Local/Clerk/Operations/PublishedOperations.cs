namespace Gatehouse.Local.Clerk.Operations;

/// <summary>The operations of Clerk's Backend API, version 2026-05-12, by method and path.</summary>
internal static class PublishedOperations
{
    private const string Resource = "Gatehouse.Local.Clerk.operations.txt";

    private static readonly Lazy<IReadOnlyList<PublishedOperation>> Operations = new(Load);

    public static IReadOnlyList<PublishedOperation> All => Operations.Value;

    /// <summary>The operation that a request asks for; the path is without the version prefix.</summary>
    public static PublishedOperation? Find(string method, string path)
    {
        var segments = path.Split('/');
        return All.FirstOrDefault(operation => operation.Method == method && operation.Matches(segments));
    }

    private static List<PublishedOperation> Load()
    {
        using var stream = typeof(PublishedOperations).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(parts => new PublishedOperation(parts[0], parts[1], parts[2]))
            .OrderBy(operation => operation.Path.Count(letter => letter == '{'))];
    }
}
