using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gatehouse.Clerk.Keys;

/// <summary>An issuer's keys, downloaded from its JWKS document: Clerk's Backend API, its Frontend API, or any other address.</summary>
/// <remarks>
/// A key at hand is answered at once, without allocation; when the set has grown old, one fetch renews it behind the callers. An unknown
/// key id waits for one shared fetch, at most one per <see cref="KeySetSourceOptions.Cooldown"/>. While the document is away the last known
/// keys serve on, and a key id that is not among them is <see cref="TokenFailure.KeysUnavailable"/>, since nobody can say. Safe for any
/// number of threads; meant to live as long as the process.
/// </remarks>
public sealed class ClerkKeySetSource : IKeySetSource
{
    private readonly RenewedKeySet _keys;

    /// <summary>A source that fetches nothing until the first key is asked for.</summary>
    /// <param name="http">Sends the fetches; must not follow redirects to where the secret does not belong.</param>
    /// <param name="options">Where the set is, and how it is kept.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="logger">Hears of outages and recoveries.</param>
    /// <exception cref="ArgumentException">An option is out of bounds, or the address is HTTP and not on loopback.</exception>
    public ClerkKeySetSource(
        HttpClient http,
        KeySetSourceOptions options,
        TimeProvider? time = null,
        ILogger<ClerkKeySetSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        KeySetSourceOptionsCheck.Check(options);
        time ??= TimeProvider.System;
        _keys = new RenewedKeySet(
            new KeySetDownload(http, options, time),
            options.CacheDuration,
            options.Cooldown,
            time,
            logger ?? NullLogger<ClerkKeySetSource>.Instance);
    }

    /// <inheritdoc />
    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return _keys.FindAsync(keyId, cancellationToken);
    }
}
