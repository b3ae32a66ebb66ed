using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>
/// Where the control surface's operations are put. They need no token, are not limited, not failed on purpose and not noted; a page of
/// another origin is refused, since any page in a browser could otherwise reset this server.
/// </summary>
internal sealed class ControlRoutes(IEndpointRouteBuilder routes, ClerkWorld world, AnswerWriter writer)
{
    private const string Prefix = "/_local";

    public ControlRoutes Map(string method, string path, Func<ClerkCall, ClerkAnswer> handle) =>
        Map(method, path, handle, asList: false);

    /// <summary>An operation whose body is an array of objects.</summary>
    public ControlRoutes MapList(string method, string path, Func<ClerkCall, ClerkAnswer> handle) =>
        Map(method, path, handle, asList: true);

    private ControlRoutes Map(string method, string path, Func<ClerkCall, ClerkAnswer> handle, bool asList)
    {
        var operation = new ClerkOperation(handle) { Audience = Audience.Everyone };
        routes.MapMethods(Prefix + path, [method], context => HandleAsync(context, operation, asList));
        return this;
    }

    private async Task HandleAsync(HttpContext context, ClerkOperation operation, bool asList)
    {
        if (IsForeign(context.Request))
        {
            await writer.RefuseAsync(context, ClerkErrors.OriginInvalid).ConfigureAwait(false);
            return;
        }

        var (body, malformed) = await BodyReader.ReadAsync(context.Request, context.RequestAborted, asList).ConfigureAwait(false);
        var (answer, rendered) = malformed is null
            ? OperationRunner.Run(world, operation, new ClerkCall(context.Request, Caller.Instance, body))
            : (malformed, null);
        await writer.WriteAsync(context, answer, rendered, plain: false).ConfigureAwait(false);
    }

    private static bool IsForeign(HttpRequest request) =>
        request.Headers.Origin.Count > 0
        && !string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
