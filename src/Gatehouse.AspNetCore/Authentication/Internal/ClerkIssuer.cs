using Gatehouse.Clerk;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>A configured Clerk instance, as the issuer whose tokens this app takes.</summary>
internal static class ClerkIssuer
{
    /// <summary>The main instance: that of the plain variables, with whatever sources the app has put in place of Clerk's.</summary>
    public static TokenIssuer OfMain(IServiceProvider services) => Create(
        services.GetRequiredService<IOptions<ClerkOptions>>().Value,
        services.GetRequiredService<IKeySetSource>(),
        services.GetRequiredService<IOpaqueTokenSource>(),
        services);

    /// <returns>Null for an instance that is only called, and has no publishable key.</returns>
    public static TokenIssuer? Of(ClerkInstance instance, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ClerkOptions>>().Get(instance.Name);
        return options.PublishableKey is null
            ? null
            : Create(
                options,
                services.GetRequiredKeyedService<IKeySetSource>(instance.Name),
                services.GetRequiredKeyedService<IOpaqueTokenSource>(instance.Name),
                services);
    }

    private static TokenIssuer Create(ClerkOptions clerk, IKeySetSource keys, IOpaqueTokenSource opaqueTokens, IServiceProvider services)
    {
        var issuer = PublishableKey.TryParse(clerk.PublishableKey, out var key)
            ? key.Issuer
            : throw new InvalidOperationException("no publishable key, which the options' validation demands");

        // The published key is only ever taken from the local services, and the guard keeps their users to loopback.
        var local = services.GetRequiredService<IHostEnvironment>().IsDevelopment() && PublishedKeys.Contains(clerk.PublishableKey!);
        return new TokenIssuer(issuer, keys, local)
        {
            // Without any secret Clerk cannot be asked at all, and the tokens say so (needs-clerk) instead of seeming good in a moment.
            OpaqueTokens = opaqueTokens is ClerkOpaqueTokenSource { Classes: TokenClass.None } ? null : opaqueTokens,
        };
    }
}
