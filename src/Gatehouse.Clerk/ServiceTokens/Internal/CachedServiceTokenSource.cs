using Gatehouse.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>One token for one called service, kept while it is usable, whichever way it is minted.</summary>
internal sealed class CachedServiceTokenSource(
    string service,
    IServiceTokenMinter minter,
    TimeProvider time,
    ServiceTokenMetrics metrics,
    ILogger<CachedServiceTokenSource> logger) : IServiceTokenSource
{
    private readonly SingleFlight<int, string> _flights = new();
    private readonly Lock _gate = new();
    private readonly string _cacheKey = ServiceTokenDefaults.CacheKey(service);
    private Held? _held;
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
        return new ValueTask<string>(_flights.RunAsync(Volatile.Read(ref _generation), MintAsync, cancellationToken));
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
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _generation++;
            _held = null;
        }
    }

    private string? AtHand() =>
        Volatile.Read(ref _held) is { } held && time.GetUtcNow() < held.UsableUntil ? held.Token : null;

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
            Keep(new Held(minted.Value, TokenLife.UsableUntil(asked, minted.Lifetime)), generation);
            return minted.Value;
        }
        catch (Exception failed)   // whatever it is, callers hear one thing and the log hears why
        {
            metrics.Minted(service, succeeded: false);
            ServiceTokenLog.Failed(logger, failed.Message, _cacheKey, failed);
            throw new ServiceTokenException(failed);
        }
    }

    private void Keep(Held held, int generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _held = held;
                ServiceTokenLog.Minted(logger, _cacheKey, held.UsableUntil);
            }
        }
    }

    /// <summary>A class and no record: its text must not show the token.</summary>
    private sealed class Held(string token, DateTimeOffset usableUntil)
    {
        public string Token { get; } = token;

        public DateTimeOffset UsableUntil { get; } = usableUntil;
    }
}
