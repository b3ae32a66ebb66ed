namespace Gatehouse.Local.Clerk.Operations;

/// <summary>The operations of one of Clerk's APIs, version 2026-05-12, by method and path.</summary>
internal sealed class PublishedOperations(string resource)
{
    private readonly Lazy<IReadOnlyList<PublishedOperation>> _operations = new(() => Load(resource));

    /// <summary>The Backend API's; paths are without the version prefix.</summary>
    public static PublishedOperations Backend { get; } = new("Gatehouse.Local.Clerk.operations.txt");

    /// <summary>The Frontend API's; paths are from the host's root.</summary>
    public static PublishedOperations Frontend { get; } = new("Gatehouse.Local.Clerk.frontend-operations.txt");

    public IReadOnlyList<PublishedOperation> All => _operations.Value;

    /// <summary>The operation that a request asks for.</summary>
    public PublishedOperation? Find(string method, string path)
    {
        var segments = path.Split('/');
        return All.FirstOrDefault(operation => operation.Method == method && operation.Matches(segments));
    }

    private static List<PublishedOperation> Load(string resource)
    {
        using var stream = typeof(PublishedOperations).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(parts => new PublishedOperation(parts[0], parts[1], parts[2]))
            .OrderBy(operation => operation.Path.Count(letter => letter == '{'))];
    }
}
