using System.Globalization;
using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>
/// Writes the limit's state on whatever answer is sent in the end: at its start, so that an error page that begins anew does not lose it.
/// </summary>
internal sealed class LimitHeaders
{
    private const string UnavailableSeconds = "5";

    private readonly HttpContext _context;
    private readonly TimeProvider _time;
    private LimitPolicy _policy;
    private LimitDecision _decision;
    private bool _isGuard;

    private LimitHeaders(HttpContext context, TimeProvider time, LimitPolicy policy, LimitDecision decision, bool isGuard) =>
        (_context, _time, _policy, _decision, _isGuard) = (context, time, policy, decision, isGuard);

    public RequestLimit Shown => new(_policy, _decision);

    /// <summary>Shows this decision: in the place of the guard's, and of another one that is less tight.</summary>
    /// <param name="context">The request.</param>
    /// <param name="time">The clock.</param>
    /// <param name="policy">The limit.</param>
    /// <param name="decision">Its state.</param>
    /// <param name="isGuard">Whether it is the limit that goes before all, and shows only where no other has been asked.</param>
    public static void Show(HttpContext context, TimeProvider time, LimitPolicy policy, LimitDecision decision, bool isGuard)
    {
        if (context.Features.Get<LimitHeaders>() is { } shown)
        {
            if (shown._isGuard || IsTighter(decision, shown._decision))
            {
                (shown._policy, shown._decision, shown._isGuard) = (policy, decision, isGuard);
            }

            return;
        }

        var headers = new LimitHeaders(context, time, policy, decision, isGuard);
        context.Features.Set(headers);
        context.Response.OnStarting(static state => ((LimitHeaders)state).WriteAsync(), headers);
    }

    // A refusal before an admission; then who has less left; then who has it for longer.
    private static bool IsTighter(in LimitDecision one, in LimitDecision other) =>
        one.Allowed != other.Allowed ? !one.Allowed
        : one.Remaining != other.Remaining ? one.Remaining < other.Remaining
        : one.RetryAt > other.RetryAt;

    private Task WriteAsync()
    {
        var headers = _context.Response.Headers;
        var now = _time.GetUtcNow();
        var wait = SecondsUntil(_decision.ResetAt, now);
        var reset = (_decision.ResetAt.ToUnixTimeMilliseconds() + 999) / 1000;
        var window = Math.Max(1, (long)Math.Ceiling(_policy.Period.TotalSeconds));

        headers["X-RateLimit-Limit"] = Text(_decision.Limit);
        headers["X-RateLimit-Remaining"] = Text(_decision.Remaining);
        headers["X-RateLimit-Reset"] = Text(reset);
        headers["RateLimit-Policy"] = $"\"{_policy.Name}\";q={Text(_decision.Limit)};w={Text(window)}";
        headers["RateLimit"] = $"\"{_policy.Name}\";r={Text(_decision.Remaining)};t={Text(wait)}";
        if (_context.Response.StatusCode == StatusCodes.Status429TooManyRequests && !_decision.Allowed)
        {
            // Never before the quota's own end, which clients see beside it; after it, where the call then would be refused again.
            headers.RetryAfter = Text(Math.Max(wait, SecondsUntil(_decision.RetryAt, now)));
        }
        else if (_context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable && headers.RetryAfter.Count == 0)
        {
            headers.RetryAfter = UnavailableSeconds;
        }

        return Task.CompletedTask;
    }

    private static long SecondsUntil(DateTimeOffset time, DateTimeOffset now) => Math.Max(1, (long)Math.Ceiling((time - now).TotalSeconds));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
