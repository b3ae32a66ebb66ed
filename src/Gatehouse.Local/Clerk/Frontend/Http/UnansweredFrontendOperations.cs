using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Operations;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>What is left under the Frontend API's prefix: operations that Clerk has and this server has not (501), and no operations (404).</summary>
internal static class UnansweredFrontendOperations
{
    public static FrontendAnswer Refuse(FrontendCall call) =>
        PublishedOperations.Frontend.Find(call.Method, call.Path[FrontendRoutes.Root.Length..].TrimEnd('/')) is { } operation
            ? ClerkErrors.NotImplemented(operation.Name)
            : FrontendErrors.RouteNotFound(call.Path);
}
