using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Operations;

/// <summary>What is left under the prefixes of the Backend API: operations that Clerk has and this server has not (501), and no operations (404).</summary>
internal static class UnansweredOperations
{
    public static void Map(ClerkRoutes routes)
    {
        var plain = new ClerkOperation(Refuse) { PlainErrors = true };
        routes
            .MapRest(ClerkRoutes.Prefix, new ClerkOperation(Refuse))
            .MapRest("/api_keys", plain)
            .MapRest("/oauth_applications", plain)
            .MapRest("/m2m_tokens", plain with { Audience = Audience.Machines });
    }

    private static ClerkAnswer Refuse(ClerkCall call)
    {
        var versioned = call.Path.StartsWith($"{ClerkRoutes.Prefix}/", StringComparison.OrdinalIgnoreCase);
        var path = versioned ? call.Path[ClerkRoutes.Prefix.Length..] : call.Path;
        return PublishedOperations.Backend.Find(call.Method, path) is { } operation
            ? ClerkErrors.NotImplemented(operation.Name)
            : ClerkErrors.RouteNotFound(call.Path);
    }
}
