using System.Diagnostics.Metrics;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Counts a request against one limit, shows the state, and answers what is refused.</summary>
internal sealed partial class LimitGate
{
    private readonly ILimitStore _store;
    private readonly RateLimitOptions _options;
    private readonly ReportOnly _reportOnly;
    private readonly TimeProvider _time;
    private readonly ILogger<LimitGate> _logger;
    private readonly Counter<long> _decisions;

    public LimitGate(
        ILimitStore store,
        IOptions<RateLimitOptions> options,
        ReportOnly reportOnly,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<LimitGate> logger)
    {
        (_store, _options, _reportOnly, _time, _logger) = (store, options.Value, reportOnly, time, logger);
        _decisions = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.limits.decisions", unit: "{decision}", description: "Decisions of rate limits, by policy and outcome.");
    }

    /// <summary>Before anybody is known: so many requests for each client address, and no more reach the verifier.</summary>
    public ValueTask<bool> EnterByAddressAsync(HttpContext context) =>
        EnterAsync(context, _options.AddressPolicy, ClientAddress.Of(context));

    /// <returns>Whether the request may go on; if not, it has been answered.</returns>
    public async ValueTask<bool> EnterAsync(HttpContext context, LimitPolicy policy, string key)
    {
        if (await AdmitAsync(context, policy, key).ConfigureAwait(false))
        {
            return true;
        }

        await context.WriteProblemAsync(StatusCodes.Status429TooManyRequests, "rate-limited").ConfigureAwait(false);
        return false;
    }

    /// <inheritdoc cref="EnterByAddressAsync"/>
    public ValueTask<bool> AdmitByAddressAsync(HttpContext context) =>
        AdmitAsync(context, _options.AddressPolicy, ClientAddress.Of(context));

    /// <returns>Whether the request may go on. Either way the answer will show the state; a refusal is the caller's to write.</returns>
    public async ValueTask<bool> AdmitAsync(HttpContext context, LimitPolicy policy, string key)
    {
        var decision = await _store.TakeAsync(policy, key, 1, context.RequestAborted).ConfigureAwait(false);
        LimitHeaders.Show(context, _time, policy, decision);
        _decisions.Add(
            1,
            new KeyValuePair<string, object?>("policy", policy.Name),
            new KeyValuePair<string, object?>("outcome", decision.Allowed ? "allowed" : "refused"));
        if (decision.Allowed)
        {
            return true;
        }

        if (_options.ReportOnly.Contains(policy.Name))
        {
            _reportOnly.Note("limit", key, policy.Name);
            return true;
        }

        Log.LimitExceeded(_logger, policy.Name, key);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LimitExceeded, LogLevel.Information, "Limit {Policy} refused {Key}")]
        public static partial void LimitExceeded(ILogger logger, string policy, string key);
    }
}
