using Gatehouse.AspNetCore.Health.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Whether the process lives, and whether it can serve.</summary>
public static class HealthEndpointExtensions
{
    /// <summary>
    /// Maps <c>GET /healthz</c>, which answers 200 <c>{"status":"ok"}</c> while the process lives, and <c>GET /readyz</c>: 200
    /// <c>{"status":"ready","reasons":[]}</c> while every registered health check is content, else 503 <c>unready</c> with a code for each
    /// that is not. Nobody needs a token to ask.
    /// </summary>
    /// <remarks>
    /// The code is what the check describes itself with, if that is one (lower-case letters, digits, hyphens), else the check's name: no
    /// text of an exception gets out. <c>AddSqliteDatabase</c> and <c>AddRevocationFeed</c> bring their checks along.
    /// </remarks>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var readiness = Readiness.Of(routes.ServiceProvider);
        routes.MapGet("/healthz", (RequestDelegate)HealthAnswers.WriteHealthAsync).ExcludeFromDescription();
        routes.MapGet("/readyz", (RequestDelegate)(context => HealthAnswers.WriteReadinessAsync(context, readiness))).ExcludeFromDescription();
        return routes;
    }
}
