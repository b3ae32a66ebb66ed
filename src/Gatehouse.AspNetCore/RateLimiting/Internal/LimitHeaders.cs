using System.Globalization;
using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>
/// Writes the limit's state on whatever answer is sent in the end: at its start, so that an error page that begins anew does not lose it.
/// </summary>
internal sealed class LimitHeaders
{
    private readonly HttpContext _context;
    private readonly TimeProvider _time;
    private LimitPolicy _policy;
    private LimitDecision _decision;

    private LimitHeaders(HttpContext context, TimeProvider time, LimitPolicy policy, LimitDecision decision) =>
        (_context, _time, _policy, _decision) = (context, time, policy, decision);

    /// <summary>Shows this decision; a later one, of a limit that knows the caller better, takes its place.</summary>
    public static void Show(HttpContext context, TimeProvider time, LimitPolicy policy, LimitDecision decision)
    {
        if (context.Features.Get<LimitHeaders>() is { } shown)
        {
            (shown._policy, shown._decision) = (policy, decision);
            return;
        }

        var headers = new LimitHeaders(context, time, policy, decision);
        context.Features.Set(headers);
        context.Response.OnStarting(static state => ((LimitHeaders)state).WriteAsync(), headers);
    }

    private Task WriteAsync()
    {
        var headers = _context.Response.Headers;
        var wait = Math.Max(1, (long)Math.Ceiling((_decision.ResetAt - _time.GetUtcNow()).TotalSeconds));
        var reset = (_decision.ResetAt.ToUnixTimeMilliseconds() + 999) / 1000;
        var window = Math.Max(1, (long)Math.Ceiling(_policy.Window.TotalSeconds));

        headers["X-RateLimit-Limit"] = Text(_decision.Limit);
        headers["X-RateLimit-Remaining"] = Text(_decision.Remaining);
        headers["X-RateLimit-Reset"] = Text(reset);
        headers["RateLimit-Policy"] = $"\"{_policy.Name}\";q={Text(_decision.Limit)};w={Text(window)}";
        headers["RateLimit"] = $"\"{_policy.Name}\";r={Text(_decision.Remaining)};t={Text(wait)}";
        if (_context.Response.StatusCode == StatusCodes.Status429TooManyRequests && !_decision.Allowed)
        {
            headers.RetryAfter = Text(wait);
        }

        return Task.CompletedTask;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
