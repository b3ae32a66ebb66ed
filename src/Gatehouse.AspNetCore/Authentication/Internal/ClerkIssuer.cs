using Gatehouse.Clerk;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The Clerk instance of the configuration, as the issuer whose tokens this app takes.</summary>
internal sealed class ClerkIssuer
{
    public ClerkIssuer(
        IOptions<ClerkOptions> options, IKeySetSource keys, IHostEnvironment environment, IOpaqueTokenSource opaqueTokens)
    {
        var clerk = options.Value;
        var issuer = PublishableKey.TryParse(clerk.PublishableKey, out var key)
            ? key.Issuer
            : throw new InvalidOperationException("no publishable key, which the options' validation demands");

        // The published key is only ever taken from the local services, and the guard keeps their users to loopback.
        Issuer = new TokenIssuer(issuer, keys, environment.IsDevelopment() && PublishedKeys.Contains(clerk.PublishableKey!))
        {
            // Without any secret Clerk cannot be asked at all, and the tokens say so (needs-clerk) instead of seeming good in a moment.
            OpaqueTokens = opaqueTokens is ClerkOpaqueTokenSource { Classes: TokenClass.None } ? null : opaqueTokens,
        };
    }

    public TokenIssuer Issuer { get; }
}
