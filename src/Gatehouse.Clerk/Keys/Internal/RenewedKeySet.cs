using Gatehouse.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>An issuer's keys as they were last downloaded: when to download anew, and what to say while that fails.</summary>
/// <remarks>
/// A key at hand is answered at once, without allocation; when the set has grown old, one download renews it behind the callers. An unknown
/// key id waits for one shared download, at most one per cooldown. While the document is away the last known keys serve on, and a key id
/// that is not among them is <see cref="TokenFailure.KeysUnavailable"/>, since nobody can say.
/// </remarks>
internal sealed class RenewedKeySet(IKeySetDownload download, TimeSpan cacheDuration, TimeSpan cooldown, TimeProvider time, ILogger logger)
{
    private readonly SingleFlight<Uri, KeySetState> _flights = new();
    private KeySetState _state = KeySetState.Empty;
    private int _renewing;

    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var state = Volatile.Read(ref _state);
        var lookup = state.Find(keyId);
        if (lookup.Failure == TokenFailure.KeyUnknown)
        {
            // The caller chooses the kid and must not choose the issuer's load.
            return MayFetch(state)
                ? new ValueTask<KeyLookup>(FetchAndFindAsync(keyId, cancellationToken))
                : ValueTask.FromResult(WhyMissing(state));
        }

        if (time.GetElapsedTime(state.FetchedAt) >= cacheDuration && MayFetch(state))
        {
            RenewBehindTheCaller();
        }

        return ValueTask.FromResult(lookup);
    }

    private static KeyLookup WhyMissing(KeySetState state) => state.LastTrySucceeded ? KeyLookup.Unknown : KeyLookup.Unavailable;

    private bool MayFetch(KeySetState state) => state.TriedAt is not { } at || time.GetElapsedTime(at) >= cooldown;

    private async Task<KeyLookup> FetchAndFindAsync(string keyId, CancellationToken cancellationToken)
    {
        var state = await _flights.RunAsync(download.Address, FetchAsync, cancellationToken).ConfigureAwait(false);
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
        await _flights.RunAsync(download.Address, FetchAsync, CancellationToken.None).ConfigureAwait(false);
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
            var document = await download.RunAsync().ConfigureAwait(false);
            after = before.Succeeded(document, time.GetTimestamp());
            ReportChange(before, after);
        }
        catch (Exception away)   // whatever keeps the document away, the last known keys must serve on
        {
            after = before.Failed(time.GetTimestamp());
            KeySetLog.Away(logger, address, before.Keys?.Keys.Count ?? 0, cooldown, away);
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

        KeySetLog.Loaded(logger, download.Address, keys.Keys.Count);
        if (keys.Unusable.Count > 0)
        {
            KeySetLog.Dropped(logger, download.Address, keys.Unusable.Count);
        }
    }
}
