using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Where families of operations put theirs.</summary>
internal sealed class ClerkRoutes(IEndpointRouteBuilder routes, ClerkEntrance entrance)
{
    /// <summary>The prefix of the Backend API.</summary>
    public const string Prefix = "/v1";

    public ClerkRoutes Get(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("GET", path, new ClerkOperation(handle));

    public ClerkRoutes Post(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("POST", path, new ClerkOperation(handle));

    public ClerkRoutes Patch(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("PATCH", path, new ClerkOperation(handle));

    public ClerkRoutes Delete(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("DELETE", path, new ClerkOperation(handle));

    public ClerkRoutes Map(string method, string path, ClerkOperation operation) => MapExactly(method, Prefix + path, operation);

    /// <summary>Clerk's clients call the machine families without the version prefix, its document has them with it: both answer.</summary>
    public ClerkRoutes MapUnversioned(string method, string path, ClerkOperation operation)
    {
        var plain = operation with { PlainErrors = true };
        return MapExactly(method, path, plain).MapExactly(method, Prefix + path, plain);
    }

    /// <summary>Takes every request under a prefix that nothing else answers.</summary>
    public ClerkRoutes MapRest(string prefix, ClerkOperation operation)
    {
        routes.MapFallback($"{prefix}/{{**rest}}", context => entrance.HandleAsync(context, operation));
        return this;
    }

    public ClerkRoutes MapExactly(string method, string path, ClerkOperation operation)
    {
        routes.MapMethods(path, [method], context => entrance.HandleAsync(context, operation));
        return this;
    }
}
