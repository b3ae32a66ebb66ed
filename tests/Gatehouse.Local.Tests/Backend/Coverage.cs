using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Operations;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Which of Clerk's published operations have a route here.</summary>
internal sealed partial record Coverage(PublishedOperation Published, bool Answered)
{
    /// <summary>Of the Backend API.</summary>
    public static IReadOnlyList<Coverage> Of(IEnumerable<RouteEndpoint> endpoints) => Of(endpoints, PublishedOperations.Backend, "/v1");

    /// <summary>Of any API whose paths stand behind a prefix here.</summary>
    public static IReadOnlyList<Coverage> Of(IEnumerable<RouteEndpoint> endpoints, PublishedOperations operations, string prefix)
    {
        var routes = endpoints
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => $"{method} {Normal(endpoint.RoutePattern.RawText!)}"))
            .ToHashSet(StringComparer.Ordinal);
        return [.. operations.All.Select(operation =>
            new Coverage(operation, routes.Contains($"{operation.Method} {Normal($"{prefix}{operation.Path}")}")))];
    }

    private static string Normal(string path) => Placeholder.Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder { get; }
}
