using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Routes that are answered by another service.</summary>
public static class ForwardingEndpointExtensions
{
    /// <summary>Forwards requests of any method to another service, and its answers back.</summary>
    /// <param name="routes">The app, or a group.</param>
    /// <param name="pattern">
    /// The route's pattern. What a catch-all takes (<c>/api/stream/{**rest}</c>) is appended to the upstream's path as it came; without one
    /// every request goes to the upstream's address itself. The query always passes.
    /// </param>
    /// <param name="upstream">The other service's address: https, or http on loopback where a token is sent.</param>
    /// <param name="configure">In whose name, how long and how much.</param>
    /// <returns>The route: demand a permission, a limit or an entrance of it as of any other.</returns>
    /// <remarks>
    /// <para>Bodies of any size stream both ways, event streams and WebSockets too. A path that can be read in two ways is 400
    /// <c>path-refused</c>. An upstream that does not answer is 503 <c>upstream-unavailable</c>; a token that cannot be had, 401
    /// <c>token-unavailable</c>: <c>WithProblemAnswer</c> words either otherwise. An answer that ends in the middle is broken off.</para>
    /// <para>A setting that cannot work throws here or stops the start.</para>
    /// </remarks>
    public static IEndpointConventionBuilder MapForwarding(
        this IEndpointRouteBuilder routes, string pattern, Uri upstream, Action<ForwardingOptions>? configure = null) =>
        Map(routes, methods: null, pattern, upstream, configure);

    /// <summary>Forwards requests of one method.</summary>
    /// <inheritdoc cref="MapForwarding(IEndpointRouteBuilder, string, Uri, Action{ForwardingOptions}?)"/>
    /// <param name="routes">The app, or a group.</param>
    /// <param name="method">The method, such as <c>POST</c>.</param>
    /// <param name="pattern">The route's pattern.</param>
    /// <param name="upstream">The other service's address.</param>
    /// <param name="configure">In whose name, how long and how much.</param>
    public static IEndpointConventionBuilder MapForwarding(
        this IEndpointRouteBuilder routes, string method, string pattern, Uri upstream, Action<ForwardingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        return Map(routes, [method], pattern, upstream, configure);
    }

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder routes, string[]? methods, string pattern, Uri upstream, Action<ForwardingOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(upstream);
        var options = new ForwardingOptions(upstream);
        configure?.Invoke(options);
        return ForwardingRoute.Map(routes, methods, pattern, options);
    }
}
