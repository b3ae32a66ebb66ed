using Gatehouse.AspNetCore.ForwardAuth.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Where proxies ask.</summary>
public static class ForwardAuthEndpointExtensions
{
    /// <summary>
    /// Maps <c>/auth/verify</c> (whoever is signed in) and <c>/auth/verify/{rule}</c>, for any method. A 2xx lets the request through and names
    /// the caller in <c>X-Gatehouse-…</c> headers, which are always there and empty where there is nothing to say, so that the proxy
    /// overwrites whatever a client put into them.
    /// </summary>
    /// <remarks>An unknown rule refuses. Neither the query nor any header chooses the rule.</remarks>
    public static IEndpointConventionBuilder MapForwardAuth(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        RequestDelegate answer = context => context.RequestServices.GetRequiredService<ForwardAuthEndpoint>().AnswerAsync(context);
        return routes.Map($"{ForwardAuthTarget.Path}/{{**rule}}", answer).WithMetadata(new ForwardAuthMetadata()).ExcludeFromDescription();
    }
}
