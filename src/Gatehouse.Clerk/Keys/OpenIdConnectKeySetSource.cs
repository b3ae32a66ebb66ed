using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Keys;

/// <summary>The keys of an OpenID Connect issuer, found by its discovery document or at a configured address.</summary>
/// <remarks>
/// They are kept and renewed like Clerk's own (<see cref="ClerkKeySetSource"/>). Use it in a <see cref="TokenIssuer"/> that says
/// <see cref="TokenIssuer.IsOpenIdConnect"/>. Safe for any number of threads; meant to live as long as the process.
/// </remarks>
public sealed class OpenIdConnectKeySetSource : IKeySetSource
{
    private readonly RenewedKeySet _keys;

    /// <summary>A source that fetches nothing until the first key is asked for.</summary>
    /// <param name="http">Sends the fetches; should not follow redirects.</param>
    /// <param name="issuer">The issuer, as its tokens name it. Compared to the letter, a closing slash included.</param>
    /// <param name="options">Where its keys are, and how they are kept; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="logger">Hears of outages and recoveries.</param>
    /// <exception cref="OptionsValidationException">An option is out of bounds, or an address is HTTP and not on loopback.</exception>
    public OpenIdConnectKeySetSource(
        HttpClient http,
        string issuer,
        OpenIdConnectIssuerOptions? options = null,
        TimeProvider? time = null,
        ILogger<OpenIdConnectKeySetSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        options = OpenIdConnectIssuerOptionsValidator.Checked(issuer, options ?? new OpenIdConnectIssuerOptions());
        time ??= TimeProvider.System;
        _keys = new RenewedKeySet(
            options.KeySetAddress is { } address
                ? new KeySetDownload(http, options.ForKeysAt(address), time)
                : new DiscoveredKeySetDownload(http, issuer, options, time),
            options.CacheDuration,
            options.Cooldown,
            time,
            logger ?? NullLogger<OpenIdConnectKeySetSource>.Instance);
    }

    /// <inheritdoc />
    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return _keys.FindAsync(keyId, cancellationToken);
    }
}
