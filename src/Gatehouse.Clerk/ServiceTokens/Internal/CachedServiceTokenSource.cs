using Gatehouse.Clerk.Api;
using Gatehouse.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>
/// One token for one called service, kept while it is fresh, whichever way it is minted. One that cannot be renewed serves on until shortly
/// before its end.
/// </summary>
internal sealed class CachedServiceTokenSource(
    string service,
    IServiceTokenMinter minter,
    TimeProvider time,
    ServiceTokenMetrics metrics,
    ILogger<CachedServiceTokenSource> logger) : IServiceTokenSource
{
    // How long callers wait for a renewal that they could do without.
    private static readonly TimeSpan RenewalPatience = TimeSpan.FromSeconds(2);

    private readonly SingleFlight<int, string> _flights = new();
    private readonly Lock _gate = new();
    private readonly string _cacheKey = ServiceTokenDefaults.CacheKey(service);
    private HeldToken? _held;
    private int _generation;
    private DateTimeOffset _dropsAgainAt;

    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (AtHand() is { } token)
        {
            metrics.Hit(service);
            return ValueTask.FromResult(token);
        }

        // Flights are told apart by generation: who asks after Clear() must not join one that began before it.
        var renewal = _flights.RunAsync(Volatile.Read(ref _generation), MintAsync, cancellationToken);
        return new ValueTask<string>(Usable() is null ? renewal : WaitForRenewalAsync(renewal));
    }

    public void Invalidate(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now >= _dropsAgainAt && string.Equals(_held?.Token, token, StringComparison.Ordinal))
            {
                _held = null;
                _dropsAgainAt = now + ServiceTokenDefaults.DropCooldown;
                minter.Forget();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _generation++;
            _held = null;
            minter.Forget();
        }
    }

    private string? AtHand() =>
        Volatile.Read(ref _held) is { } held && held.IsAtHand(time.GetUtcNow()) ? held.Token : null;

    private HeldToken? Usable() => Volatile.Read(ref _held) is { } held && time.GetUtcNow() < held.ServesUntil ? held : null;

    private async Task<string> WaitForRenewalAsync(Task<string> renewal)
    {
        try
        {
            return await renewal.WaitAsync(RenewalPatience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (Usable() is not { } usable)
            {
                return await renewal.ConfigureAwait(false);
            }

            Postpone(usable, told: null);   // the renewal goes on, and whoever comes meanwhile does not wait for it
            return usable.Token;
        }
    }

    private async Task<string> MintAsync(int generation)
    {
        if (AtHand() is { } token)
        {
            return token;   // another flight landed between this caller's look and its start
        }

        // The token's life is counted by this machine's clock from before it began, so that no difference of clocks prolongs it.
        var asked = time.GetUtcNow();
        using var bound = new CancellationTokenSource(ServiceTokenDefaults.MintTimeout, time);
        try
        {
            var minted = await minter.MintAsync(asked, bound.Token).ConfigureAwait(false);
            metrics.Minted(service, succeeded: true);
            Keep(new HeldToken(minted.Value, TokenLife.FreshUntil(asked, minted.Lifetime), TokenLife.ServesUntil(asked, minted.Lifetime)), generation);
            return minted.Value;
        }
        catch (Exception failed)   // whatever it is, callers hear one thing and the log hears why
        {
            metrics.Minted(service, succeeded: false);
            if (Usable() is { } old)
            {
                var pause = Postpone(old, (failed as ClerkApiException)?.RetryAfter);
                ServiceTokenLog.NotRenewed(logger, _cacheKey, failed.Message, old.ServesUntil, pause, failed);
                return old.Token;
            }

            ServiceTokenLog.Failed(logger, failed.Message, _cacheKey, failed);
            throw new ServiceTokenException(failed);
        }
    }

    private void Keep(HeldToken held, int generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _held = held;
                ServiceTokenLog.Minted(logger, _cacheKey, held.FreshUntil);
            }
        }
    }

    private TimeSpan Postpone(HeldToken old, TimeSpan? told)
    {
        var postponed = old.Postponed(time.GetUtcNow(), told, out var pause);
        lock (_gate)
        {
            if (ReferenceEquals(_held, old))
            {
                _held = postponed;
            }
        }

        return pause;
    }
}
