using System.Diagnostics.Metrics;
using Gatehouse.Limits;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Asks the store for a decision, and decides as the limit says while the store is away.</summary>
internal sealed class LimitCounter
{
    private readonly ILimitStore _store;
    private readonly MemoryLimitStore _local;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly LimitOutage _outage;
    private readonly Counter<long> _away;

    public LimitCounter(
        ILimitStore store, IOptions<RateLimitOptions> options, TimeProvider time, IMeterFactory meters, ILogger<LimitCounter> logger)
    {
        (_store, _patience, _time) = (store, options.Value.StoreTimeout, time);
        _local = new MemoryLimitStore(time);
        _outage = new LimitOutage(time, logger);
        _away = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.limits.away", unit: "{decision}", description: "Decisions made while the store was away, by policy and by what was done.");
    }

    /// <returns>The decision; null where the limit neither counts nor decides now, and its <see cref="LimitWhenAway"/> says what that means.</returns>
    /// <exception cref="OperationCanceledException">The request has ended.</exception>
    public async ValueTask<LimitDecision?> CountAsync(EndpointLimit limit, string key, CancellationToken aborted)
    {
        var policy = limit.Limit.Policy;
        if (limit.IsGuard)
        {
            return await _local.TakeAsync(policy, key, limit.Cost, aborted).ConfigureAwait(false);
        }

        if (_outage.MayAsk() && await AskAsync(policy, key, limit.Cost, aborted).ConfigureAwait(false) is { } decision)
        {
            return decision;
        }

        _away.Add(
            1,
            new KeyValuePair<string, object?>("policy", policy.Name),
            new KeyValuePair<string, object?>("choice", NameOf(limit.Limit.WhenAway)));
        return limit.Limit.WhenAway == LimitWhenAway.Local
            ? await _local.TakeAsync(policy, key, limit.Cost, aborted).ConfigureAwait(false)
            : null;
    }

    internal static string NameOf(LimitWhenAway choice) => choice switch
    {
        LimitWhenAway.Refuse => "refuse",
        LimitWhenAway.Allow => "allow",
        _ => "local",
    };

    private async ValueTask<LimitDecision?> AskAsync(LimitPolicy policy, string key, int cost, CancellationToken aborted)
    {
        try
        {
            var asking = _store.TakeAsync(policy, key, cost, aborted);
            var decision = asking.IsCompletedSuccessfully
                ? asking.Result
                : await asking.AsTask().WaitAsync(_patience, _time, aborted).ConfigureAwait(false);
            _outage.Ended();
            return decision;
        }
        catch (Exception failure) when (!aborted.IsCancellationRequested)
        {
            _outage.Began(failure);
            return null;
        }
    }
}
