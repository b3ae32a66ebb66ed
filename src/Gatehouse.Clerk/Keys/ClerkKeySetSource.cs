using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Internal;
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
    private readonly SingleFlight<Uri, KeySetState> _flights = new();
    private readonly KeySetDownload _download;
    private readonly KeySetSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private KeySetState _state = KeySetState.Empty;
    private int _renewing;

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
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<ClerkKeySetSource>.Instance;
        _download = new KeySetDownload(http, options, _time);
    }

    /// <inheritdoc />
    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        var state = Volatile.Read(ref _state);
        var lookup = state.Find(keyId);
        if (lookup.Failure == TokenFailure.KeyUnknown)
        {
            // The caller chooses the kid and must not choose the issuer's load.
            return MayFetch(state)
                ? new ValueTask<KeyLookup>(FetchAndFindAsync(keyId, cancellationToken))
                : ValueTask.FromResult(WhyMissing(state));
        }

        if (_time.GetElapsedTime(state.FetchedAt) >= _options.CacheDuration && MayFetch(state))
        {
            RenewBehindTheCaller();
        }

        return ValueTask.FromResult(lookup);
    }

    private static KeyLookup WhyMissing(KeySetState state) => state.LastTrySucceeded ? KeyLookup.Unknown : KeyLookup.Unavailable;

    private bool MayFetch(KeySetState state) => state.TriedAt is not { } at || _time.GetElapsedTime(at) >= _options.Cooldown;

    private async Task<KeyLookup> FetchAndFindAsync(string keyId, CancellationToken cancellationToken)
    {
        var state = await _flights.RunAsync(_options.Address, FetchAsync, cancellationToken).ConfigureAwait(false);
        var lookup = state.Find(keyId);
        return lookup.Failure == TokenFailure.KeyUnknown ? WhyMissing(state) : lookup;
    }

    private void RenewBehindTheCaller()
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 0)
        {
            _ = RenewAsync();   // never throws: a failed fetch is a state
        }
    }

    private async Task RenewAsync()
    {
        await _flights.RunAsync(_options.Address, FetchAsync, CancellationToken.None).ConfigureAwait(false);
        Volatile.Write(ref _renewing, 0);
    }

    private async Task<KeySetState> FetchAsync(Uri address)
    {
        var before = Volatile.Read(ref _state);
        if (!MayFetch(before))
        {
            return before;   // another flight landed between this caller's look and its start
        }

        KeySetState after;
        try
        {
            var document = await _download.RunAsync().ConfigureAwait(false);
            after = before.Succeeded(document, _time.GetTimestamp());
            ReportChange(before, after);
        }
        catch (Exception away)   // whatever keeps the document away, the last known keys must serve on
        {
            after = before.Failed(_time.GetTimestamp());
            KeySetLog.Away(_logger, address, before.Keys?.Keys.Count ?? 0, _options.Cooldown, away);
        }

        Volatile.Write(ref _state, after);
        return after;
    }

    private void ReportChange(KeySetState before, KeySetState after)
    {
        var recovered = before.TriedAt is not null && !before.LastTrySucceeded;
        if (after.Keys is not { } keys || (ReferenceEquals(before.Keys, keys) && !recovered))
        {
            return;
        }

        KeySetLog.Loaded(_logger, _options.Address, keys.Keys.Count);
        if (keys.Unusable.Count > 0)
        {
            KeySetLog.Dropped(_logger, _options.Address, keys.Unusable.Count);
        }
    }
}
