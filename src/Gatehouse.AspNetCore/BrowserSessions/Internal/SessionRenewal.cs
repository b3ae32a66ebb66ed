using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gatehouse.Clerk.Api;
using Gatehouse.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>
/// Renews a session on the server. Clerk takes an expired token once, and a page's requests come in sixes: so there is one call for each
/// token, and what came of it serves every request that still has that token for ten seconds.
/// </summary>
internal sealed partial class SessionRenewal
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly string[] Verdicts = ["session_refresh_", "expired_session_token_", "refresh_"];

    private readonly SingleFlight<RenewalKey, Renewal> _flights = new();
    private readonly ConcurrentDictionary<RenewalKey, (Renewal Renewal, DateTimeOffset Until)> _recent = new();
    private readonly ConcurrentQueue<(RenewalKey Key, DateTimeOffset Until)> _order = new();
    private readonly ClerkBackendClient _clerk;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionRenewal> _logger;
    private readonly Counter<long> _renewals;

    public SessionRenewal(ClerkBackendClient clerk, TimeProvider time, IMeterFactory meters, ILogger<SessionRenewal> logger)
    {
        (_clerk, _time, _logger) = (clerk, time, logger);
        _renewals = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.sessions.renewals", unit: "{renewal}", description: "Cookie sessions that were to be renewed, by outcome.");
    }

    /// <param name="session">The expired token's claims: genuine, with session, party and time of issue.</param>
    /// <param name="key">The token and the browser's refresh token.</param>
    /// <param name="userAgent">The browser's name for itself, which Clerk shows people in their list of sessions.</param>
    /// <param name="cancellationToken">Ends the wait, not the call.</param>
    public async ValueTask<Renewal> RenewAsync(
        TokenClaims session, RenewalKey key, string? userAgent, CancellationToken cancellationToken)
    {
        if (FindRecent(key) is { } known)
        {
            return known;
        }

        return await _flights.RunAsync(key, missing => AskAsync(session, missing, userAgent), cancellationToken).ConfigureAwait(false);
    }

    private Renewal? FindRecent(RenewalKey key) =>
        _recent.TryGetValue(key, out var entry) && entry.Until > _time.GetUtcNow() ? entry.Renewal : null;

    private async Task<Renewal> AskAsync(TokenClaims session, RenewalKey key, string? userAgent)
    {
        // Whoever came just too late for the flight before this one.
        if (FindRecent(key) is { } known)
        {
            return known;
        }

        using var patience = new CancellationTokenSource(Patience, _time);
        try
        {
            var request = new SessionRefreshRequest
            {
                ExpiredToken = key.ExpiredToken,
                RefreshToken = key.RefreshToken,

                // Clerk compares it with the token's own party, which another app of this cookie domain may be: ours lists them all.
                Origin = session.AuthorizedParty!,
                Headers = userAgent is null ? [] : new Dictionary<string, string[]>(StringComparer.Ordinal) { ["user-agent"] = [userAgent] },
            };
            var lines = await _clerk.Sessions.RefreshAsync(session.SessionId!, request, patience.Token).ConfigureAwait(false);
            return Keep(key, new Renewal(lines, IsRefused: false), "renewed");
        }
        catch (ClerkApiException refusal) when (IsVerdict(refusal))
        {
            Log.NotRenewed(_logger, session.SessionId!, string.Join(", ", refusal.Errors.Select(error => error.Code)));
            return Keep(key, Renewal.Refused, "refused");
        }
        catch (Exception away) when (away is ClerkApiException or OperationCanceledException)
        {
            Log.RenewalFailed(_logger, session.SessionId!, away);
            _renewals.Add(1, new KeyValuePair<string, object?>("outcome", "unavailable"));
            return Renewal.Away;
        }
    }

    // Clerk says with 401 both that the session is over and that our own key is wrong: the code tells.
    private static bool IsVerdict(ClerkApiException refusal) =>
        refusal.Failure is ClerkFailure.NotFound or ClerkFailure.Rejected
        || refusal.Errors.Any(error => Array.Exists(Verdicts, prefix => error.Code.StartsWith(prefix, StringComparison.Ordinal)));

    private Renewal Keep(RenewalKey key, Renewal renewal, string outcome)
    {
        _renewals.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        var now = _time.GetUtcNow();
        while (_order.TryPeek(out var oldest) && oldest.Until <= now && _order.TryDequeue(out oldest))
        {
            _recent.TryRemove(oldest.Key, out _);
        }

        _recent[key] = (renewal, now + Kept);
        _order.Enqueue((key, now + Kept));
        return renewal;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SessionNotRenewed, LogLevel.Information, "Session {SessionId} was not renewed: {Reason}")]
        public static partial void NotRenewed(ILogger logger, string sessionId, string reason);

        [LoggerMessage(EventIds.SessionRenewalFailed, LogLevel.Error, "Session {SessionId} could not be renewed: Clerk could not be asked")]
        public static partial void RenewalFailed(ILogger logger, string sessionId, Exception away);
    }
}
