using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Revocations.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gatehouse in an app's pipeline.</summary>
public static class GatehouseApplicationExtensions
{
    /// <summary>
    /// Adds, in this order: problem details for whatever fails, HSTS outside Development, the limit by address, authentication, the limit by
    /// caller, ASP.NET Core's authorization where an endpoint asks for it, and the guard that closes streams whose token is revoked. One
    /// call, because another order would be a hole. With <c>AddBrowserSessions</c> it also maps the ways in and out.
    /// </summary>
    public static WebApplication UseGatehouse(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A request that cannot be read is its sender's fault, in Development too, where the framework throws for it.
            StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseRouting();
        app.UseMiddleware<GateMiddleware>();
        UseAuthorizationWhereAsked(app);
        app.UseMiddleware<StreamGuardMiddleware>();
        MapSessionsWhereTaken(app);
        return app;
    }

    private static void MapSessionsWhereTaken(WebApplication app)
    {
        if (app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(SessionEndpoints)))
        {
            SessionEndpoints.Map(app);
        }
    }

    // Endpoints that only name a permission have their gate before them; the rest of the pipeline is for those that ask for more.
    private static void UseAuthorizationWhereAsked(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.FallbackPolicy is not null)
        {
            app.UseAuthorization();
            return;
        }

        app.UseWhen(IsAsked, branch => branch.UseAuthorization());

        // The host would add both again for every request, because it sees their services and not the branch.
        var properties = ((IApplicationBuilder)app).Properties;
        properties["__AuthenticationMiddlewareSet"] = true;
        properties["__AuthorizationMiddlewareSet"] = true;
    }

    private static bool IsAsked(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null);
}
