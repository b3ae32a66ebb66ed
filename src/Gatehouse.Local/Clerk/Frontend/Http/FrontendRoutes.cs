using Gatehouse.Local.Clerk.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>Where families of the Frontend API put their operations.</summary>
internal sealed class FrontendRoutes(IEndpointRouteBuilder routes, FrontendEntrance entrance)
{
    /// <summary>What proxy addresses end in.</summary>
    public const string Root = "/__clerk";

    /// <summary>The prefix of the Frontend API.</summary>
    public const string Prefix = Root + "/v1";

    public FrontendRoutes Get(string path, Func<FrontendCall, FrontendAnswer> handle) => Map("GET", path, handle);

    public FrontendRoutes Post(string path, Func<FrontendCall, FrontendAnswer> handle) => Map("POST", path, handle);

    /// <summary>An operation that Clerk lets be called so many times only in ten seconds.</summary>
    public FrontendRoutes Post(string path, FrontendLimit limit, Func<FrontendCall, FrontendAnswer> handle) =>
        Map("POST", path, new FrontendOperation(handle) { Limit = limit });

    public FrontendRoutes Put(string path, Func<FrontendCall, FrontendAnswer> handle) => Map("PUT", path, handle);

    public FrontendRoutes Patch(string path, Func<FrontendCall, FrontendAnswer> handle) => Map("PATCH", path, handle);

    public FrontendRoutes Delete(string path, Func<FrontendCall, FrontendAnswer> handle) => Map("DELETE", path, handle);

    /// <summary>An operation that gives an unknown browser a token, or needs none.</summary>
    public FrontendRoutes MapForAnyBrowser(string method, string path, Func<FrontendCall, FrontendAnswer> handle) =>
        Map(method, path, new FrontendOperation(handle) { TakesAnyBrowser = true });

    /// <summary>Takes what nothing else answers, and the questions that browsers ask before a request.</summary>
    public void MapRest()
    {
        var rest = new FrontendOperation(UnansweredFrontendOperations.Refuse) { TakesAnyBrowser = true };
        routes.MapMethods($"{Root}/{{**rest}}", ["OPTIONS"], entrance.AnswerPreflight);
        routes.MapFallback($"{Root}/{{**rest}}", context => entrance.HandleAsync(context, rest));
    }

    private FrontendRoutes Map(string method, string path, Func<FrontendCall, FrontendAnswer> handle) =>
        Map(method, path, new FrontendOperation(handle));

    private FrontendRoutes Map(string method, string path, FrontendOperation operation)
    {
        routes.MapMethods(Prefix + path, [method], (HttpContext context) => entrance.HandleAsync(context, operation));
        return this;
    }
}
