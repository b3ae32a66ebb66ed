using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Shapes;

/// <summary>
/// The facts of version 2026-05-12: what each operation takes and answers (<c>operations.json</c>), and which fields of which types each
/// answer has (<c>types.json</c>: fields that are always there, fields that are sometimes there, and no others).
/// </summary>
public static class ShapeBook
{
    private static readonly ShapeChecker Shapes = new(Load("types.json"));

    // Clerk's server clients need it and its document has it not; by its address it could be the operation for one client.
    private const string Unpublished = "/v1/clients/handshake_payload";

    public static IReadOnlyList<ShapedOperation> Operations { get; } =
    [
        .. Load("operations.json").Select(member => ShapedOperation.Read(member.Key, member.Value!.AsObject())),
    ];

    /// <summary>Holds an answer against the operation that its request was for. Requests for no known operation are left alone.</summary>
    public static void Check(string method, string pathAndQuery, Answer answer)
    {
        var path = pathAndQuery.Split('?')[0];
        var isBackend = path.StartsWith("/v1/", StringComparison.Ordinal);
        var operation = ShapedOperation.Find(Operations, method, isBackend ? path[3..] : path);
        if (operation is null || (!isBackend && !operation.IsUnversioned) || path == Unpublished)
        {
            return;
        }

        IReadOnlyList<string> faults = [];
        if (answer.Status is >= 200 and < 300)
        {
            Assert.Equal(operation.Status, answer.Status);
            var paginated = pathAndQuery.Contains("paginated=true", StringComparison.Ordinal);
            faults = Shapes.Faults(paginated ? Shapes.AsPage(operation.Answer!) : operation.Answer, answer.Body, operation.Name);
        }
        else if (answer.Status != 429 || answer.Body.Length > 0)
        {
            faults = Shapes.Faults("ClerkErrors", answer.Body, $"{operation.Name} {answer.Status}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    internal static JsonObject Load(string name)
    {
        using var stream = typeof(ShapeBook).Assembly.GetManifestResourceStream($"Gatehouse.Local.Tests.Shapes.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
