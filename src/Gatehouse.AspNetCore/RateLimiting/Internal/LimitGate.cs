using System.Diagnostics.Metrics;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Counts a request against its limits, shows the state of the tightest, and answers what is refused.</summary>
internal sealed partial class LimitGate
{
    private readonly LimitCounter _counter;
    private readonly ClientAddress _addresses;
    private readonly InstanceRoles _roles;
    private readonly RateLimitOptions _options;
    private readonly ReportOnly _reportOnly;
    private readonly TimeProvider _time;
    private readonly ILogger<LimitGate> _logger;
    private readonly Counter<long> _decisions;
    private readonly EndpointLimit _guard;

    public LimitGate(
        LimitCounter counter,
        ClientAddress addresses,
        InstanceRoles roles,
        IOptions<RateLimitOptions> options,
        ReportOnly reportOnly,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<LimitGate> logger)
    {
        (_counter, _addresses, _roles, _options) = (counter, addresses, roles, options.Value);
        (_reportOnly, _time, _logger) = (reportOnly, time, logger);
        _guard = new EndpointLimit(new PrefixedLimit(_options.AddressPolicy, default) { By = LimitBy.Address }, 1) { IsGuard = true };
        _decisions = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.limits.decisions", unit: "{decision}", description: "Decisions of rate limits, by policy and outcome.");
    }

    /// <summary>
    /// Before anybody is known: so many requests for each client address, and no more reach the verifier; and those limits of the endpoint
    /// that count addresses too.
    /// </summary>
    /// <returns>Whether the request may go on; if not, it has been answered.</returns>
    public async ValueTask<bool> EnterByAddressAsync(HttpContext context, EndpointLimit[] limits) =>
        await AnswerAsync(context, await AdmitByAddressAsync(context, limits).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>When the caller is known: all other limits, every one of which counts.</summary>
    /// <inheritdoc cref="EnterByAddressAsync" path="/returns"/>
    public async ValueTask<bool> EnterAsync(HttpContext context, EndpointLimit[] limits, ClerkPrincipal caller) =>
        await AnswerAsync(context, await AdmitAsync(context, limits, caller).ConfigureAwait(false)).ConfigureAwait(false);

    /// <inheritdoc cref="EnterByAddressAsync"/>
    /// <returns>Whether the request may go on. Either way the answer will show the state; a refusal is the caller's to write.</returns>
    public async ValueTask<LimitVerdict> AdmitByAddressAsync(HttpContext context, EndpointLimit[] limits)
    {
        var address = _addresses.Of(context);
        var verdict = await AdmitAsync(context, _guard, $"{_guard.Limit.Policy.Name}:{address}").ConfigureAwait(false);
        foreach (var limit in limits)
        {
            if (verdict == LimitVerdict.Admitted && limit.Limit.By == LimitBy.Address)
            {
                verdict = await AdmitAsync(context, limit, LimitKeys.Of(limit.Limit, address)).ConfigureAwait(false);
            }
        }

        return verdict;
    }

    /// <inheritdoc cref="EnterAsync"/>
    /// <inheritdoc cref="AdmitByAddressAsync" path="/returns"/>
    public async ValueTask<LimitVerdict> AdmitAsync(HttpContext context, EndpointLimit[] limits, ClerkPrincipal caller)
    {
        var worst = LimitVerdict.Admitted;
        foreach (var limit in limits)
        {
            if (limit.Limit.By == LimitBy.Address || (limit.Limit.Classes & caller.Class) == TokenClass.None)
            {
                continue;
            }

            if (await IsExemptAsync(limit.Limit, caller, context.RequestAborted).ConfigureAwait(false))
            {
                Count(limit.Limit.Policy.Name, "exempt");
                continue;
            }

            var verdict = await AdmitAsync(context, limit, LimitKeys.Of(limit.Limit, caller)).ConfigureAwait(false);
            worst = verdict > worst ? verdict : worst;
        }

        return worst;
    }

    private async ValueTask<LimitVerdict> AdmitAsync(HttpContext context, EndpointLimit limit, string key)
    {
        var policy = limit.Limit.Policy;
        if (await _counter.CountAsync(limit, key, context.RequestAborted).ConfigureAwait(false) is not { } decision)
        {
            return limit.Limit.WhenAway == LimitWhenAway.Refuse && !_options.ReportOnly.Contains(policy.Name)
                ? LimitVerdict.Unavailable
                : LimitVerdict.Admitted;
        }

        LimitHeaders.Show(context, _time, policy, decision, limit.IsGuard);
        if (decision.Allowed)
        {
            Count(policy.Name, "allowed");
            return LimitVerdict.Admitted;
        }

        if (_options.ReportOnly.Contains(policy.Name))
        {
            Count(policy.Name, "reported");
            _reportOnly.Note("limit", key, policy.Name);
            return LimitVerdict.Admitted;
        }

        Count(policy.Name, "refused");
        Log.LimitExceeded(_logger, policy.Name, key);
        Note(context, policy.Name);
        return LimitVerdict.Exceeded;
    }

    private async ValueTask<bool> IsExemptAsync(PrefixedLimit limit, ClerkPrincipal caller, CancellationToken cancellationToken)
    {
        if (limit.ExemptSubjects.Contains(caller.Subject, StringComparer.Ordinal))
        {
            return true;
        }

        if (limit.ExemptRoles.Count == 0)
        {
            return false;
        }

        var role = caller.Role.NeedsDirectory
            ? (await _roles.FindAsync(caller.Token, cancellationToken).ConfigureAwait(false)).Role
            : caller.Role.Role;
        return role is not null && limit.ExemptRoles.Contains(role, StringComparer.Ordinal);
    }

    private static async ValueTask<bool> AnswerAsync(HttpContext context, LimitVerdict verdict)
    {
        switch (verdict)
        {
            case LimitVerdict.Exceeded:
                await context.WriteProblemAsync(StatusCodes.Status429TooManyRequests, "rate-limited").ConfigureAwait(false);
                return false;
            case LimitVerdict.Unavailable:
                context.Response.Headers.RetryAfter = "5";
                await context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, "limits-unavailable").ConfigureAwait(false);
                return false;
            default:
                return true;
        }
    }

    private static void Note(HttpContext context, string policy)
    {
        var refusal = context.Features.Get<LimitRefusal>();
        if (refusal is null)
        {
            refusal = new LimitRefusal();
            context.Features.Set(refusal);
        }

        refusal.Policies.Add(policy);
    }

    private void Count(string policy, string outcome) => _decisions.Add(
        1, new KeyValuePair<string, object?>("policy", policy), new KeyValuePair<string, object?>("outcome", outcome));

    private static partial class Log
    {
        [LoggerMessage(EventIds.LimitExceeded, LogLevel.Information, "Limit {Policy} refused {Key}")]
        public static partial void LimitExceeded(ILogger logger, string policy, string key);
    }
}
