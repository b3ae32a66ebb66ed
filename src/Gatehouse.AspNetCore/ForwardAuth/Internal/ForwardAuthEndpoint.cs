using System.Diagnostics.Metrics;
using System.Globalization;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Proxies.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>Answers a proxy: 2xx lets the client's request through, anything else refuses it.</summary>
internal sealed partial class ForwardAuthEndpoint
{
    private readonly ForwardAuthRules _rules;
    private readonly ForwardAuthJudge _judge;
    private readonly PermissionJudge _permissions;
    private readonly TrustedProxies _proxies;
    private readonly ILogger<ForwardAuthEndpoint> _logger;
    private readonly Counter<long> _decisions;

    public ForwardAuthEndpoint(
        ForwardAuthRules rules,
        ForwardAuthJudge judge,
        PermissionJudge permissions,
        ForwardAuthProxies proxies,
        IMeterFactory meters,
        ILogger<ForwardAuthEndpoint> logger)
    {
        (_rules, _judge, _permissions, _proxies, _logger) = (rules, judge, permissions, proxies.Trusted, logger);
        _decisions = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.forward_auth.decisions", unit: "{decision}", description: "Proxies' questions, by rule and answer.");
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        IdentityHeaders.WriteNobody(headers);

        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!ForwardAuthTarget.TryRead(rawTarget, out var target) || _rules.Find(target.Rule) is not { } rule)
        {
            await RefuseAsync(context, "unknown", [], ForwardAuthVerdict.Refused(StatusCodes.Status403Forbidden, "unknown-rule")).ConfigureAwait(false);
            return;
        }

        var statuses = rule.Demands.Statuses;
        if (rule.Demands.NumberedCookies)
        {
            NumberCookies(context);
        }

        var isTrusted = _proxies.Contain(context.Connection.RemoteIpAddress);
        if (!ForwardedRequest.TryRead(context, target, isTrusted, out var visit))
        {
            await RefuseAsync(context, target.Rule, statuses, ForwardAuthVerdict.Refused(StatusCodes.Status400BadRequest, "bad-forwarded-request")).ConfigureAwait(false);
            return;
        }

        if (isTrusted && _proxies.ClientOf(context.Request.Headers["X-Forwarded-For"]) is { } client)
        {
            context.Connection.RemoteIpAddress = client;   // whom the limit by address counts
        }

        context.Features.Set(visit);
        var verdict = await _judge.JudgeAsync(context, rule).ConfigureAwait(false);
        if (verdict.Caller is null)
        {
            await RefuseAsync(context, target.Rule, statuses, verdict, rule.Demands.Redirect).ConfigureAwait(false);
            return;
        }

        var role = await _judge.RoleOfAsync(verdict.Caller, context.RequestAborted).ConfigureAwait(false);
        IdentityHeaders.Write(headers, verdict.Caller, role, _permissions.PermissionsOf(verdict.Caller, role));
        Count(target.Rule, StatusCodes.Status200OK);
        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task RefuseAsync(HttpContext context, string rule, IList<int> statuses, ForwardAuthVerdict verdict, bool redirects = false)
    {
        var headers = context.Response.Headers;
        var status = verdict.Status;
        if (verdict.Location is { } location)
        {
            if (redirects)
            {
                Count(rule, status);
                BrowserEdge.Redirect(context, location, status);
                return;
            }

            status = StatusCodes.Status401Unauthorized;
            headers["X-Gatehouse-Location"] = location;
        }

        headers["X-Gatehouse-Status"] = status.ToString(CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            headers.RetryAfter = "5";
        }

        Count(rule, status);
        Log.Refused(_logger, rule, status, verdict.Code!);
        var told = statuses.Count == 0 || statuses.Contains(status) ? status : StatusCodes.Status403Forbidden;
        await context.WriteProblemAsync(told, verdict.Code!).ConfigureAwait(false);
    }

    // Registered before all others, and so run after them.
    private static void NumberCookies(HttpContext context) => context.Response.OnStarting(() =>
    {
        var headers = context.Response.Headers;
        for (var n = 0; n < headers.SetCookie.Count; n++)
        {
            headers[string.Create(CultureInfo.InvariantCulture, $"X-Gatehouse-Cookie-{n + 1}")] = headers.SetCookie[n];
        }

        return Task.CompletedTask;
    });

    private void Count(string rule, int status) => _decisions.Add(
        1, new KeyValuePair<string, object?>("rule", rule), new KeyValuePair<string, object?>("status", status));

    private static partial class Log
    {
        [LoggerMessage(EventIds.ForwardAuthRefused, LogLevel.Information, "Rule {Rule} refused a request that a proxy asked about: {Status} {Reason}")]
        public static partial void Refused(ILogger logger, string rule, int status, string reason);
    }
}
