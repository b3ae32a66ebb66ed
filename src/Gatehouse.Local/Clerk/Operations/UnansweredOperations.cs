using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Operations;

/// <summary>What is left under the version prefix: operations that Clerk has and this server has not (501), and no operations (404).</summary>
internal static class UnansweredOperations
{
    public static void Map(ClerkRoutes routes) => routes.MapRest(Refuse);

    private static ClerkAnswer Refuse(ClerkCall call)
    {
        var path = call.Path[ClerkRoutes.Prefix.Length..];
        return PublishedOperations.Find(call.Method, path) is { } operation
            ? ClerkErrors.NotImplemented(operation.Name)
            : ClerkErrors.RouteNotFound(call.Path);
    }
}
