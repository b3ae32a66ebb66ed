using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Images;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>A request that has been let in, as an operation sees it.</summary>
internal sealed class ClerkCall(HttpRequest request, Caller caller, JsonObject body, UploadedFile? file = null)
{
    public Caller Caller { get; } = caller;

    public string Method => request.Method;

    public string Path => request.Path.Value ?? "";

    public QueryReader Query { get; } = new(request.Query);

    public FormReader Form { get; } = new(body);

    /// <summary>The objects of a body that is an array; empty for any other operation.</summary>
    public IReadOnlyList<FormReader> Items { get; } =
        [.. (body[BodyReader.Items] as JsonArray ?? []).OfType<JsonObject>().Select(item => new FormReader(item))];

    /// <summary>The file that came along; null for any operation that takes none.</summary>
    public UploadedFile? File { get; } = file;

    /// <summary>The address that the caller has reached this server by.</summary>
    public string Address => $"{request.Scheme}://{request.Host}";

    /// <summary>The page that the caller speaks for; session tokens name it as <c>azp</c>.</summary>
    public string? Origin => request.Headers.Origin is [{ Length: > 0 } origin] ? origin : null;

    public string Route(string name) => (string)request.RouteValues[name]!;
}
