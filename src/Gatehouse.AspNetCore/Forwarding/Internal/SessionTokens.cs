using System.Collections.Frozen;
using Gatehouse.Clerk.Api;
using Gatehouse.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>
/// Tokens that are minted for callers' sessions, kept while they are good: one call to Clerk for any number of requests of one session. A
/// failure is remembered for two seconds, so that an outage does not become a flood of calls.
/// </summary>
internal sealed partial class SessionTokens : IDisposable
{
    private static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(2);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = ForwardingDefaults.MaximumSessions });
    private readonly SingleFlight<SessionKey, Minted> _flights = new();
    private readonly ClerkBackendClient _clerk;
    private readonly TokenVerifier _verifier;
    private readonly RevocationList _revocations;
    private readonly TimeProvider _time;
    private readonly ForwardingMetrics _metrics;
    private readonly ILogger<SessionTokens> _logger;

    public SessionTokens(
        ClerkBackendClient clerk,
        TokenVerifier verifier,
        RevocationList revocations,
        TimeProvider time,
        ForwardingMetrics metrics,
        ILogger<SessionTokens> logger) =>
        (_clerk, _verifier, _revocations, _time, _metrics, _logger) = (clerk, verifier, revocations, time, metrics, logger);

    /// <returns>Null if none can be had.</returns>
    public async ValueTask<string?> FindAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!_cache.TryGetValue(session, out Minted? minted) || !IsGood(minted!))
        {
            minted = await _flights.RunAsync(session, MintAsync, cancellationToken).ConfigureAwait(false);
        }

        // What was revoked while it was being minted is not given out either.
        return minted!.Claims is { } claims && !_revocations.Contains(claims) ? minted.Token : null;
    }

    public void Dispose() => _cache.Dispose();

    // A revocation that concerns only the tokens issued up to it leaves the session its next one.
    private bool IsGood(Minted minted) =>
        _time.GetUtcNow() < minted.UsableUntil && (minted.Claims is null || !_revocations.Contains(minted.Claims));

    private async Task<Minted> MintAsync(SessionKey session)
    {
        if (_cache.TryGetValue(session, out Minted? landed) && IsGood(landed!))
        {
            return landed!;   // another flight landed between this caller's look and its start
        }

        using var bound = new CancellationTokenSource(ForwardingDefaults.MintTimeout, _time);
        try
        {
            var request = new SessionTokenRequest { Origin = session.Origin };
            var token = await _clerk.Sessions.CreateTokenAsync(session.SessionId, request, bound.Token).ConfigureAwait(false);
            if (await ReadAsync(token, session, bound.Token).ConfigureAwait(false) is { } claims)
            {
                _metrics.Minted(succeeded: true);
                Log.Minted(_logger, session.SessionId, claims.ExpiresAt);
                return Keep(session, new Minted(token, claims, claims.ExpiresAt - ForwardingDefaults.MinimumTokenLife));
            }
        }
#pragma warning disable CA1031 // Whatever minting failed of, the callers hear that there is no token; it is logged here with its cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.MintFailed(_logger, session.SessionId, failure);
        }

        _metrics.Minted(succeeded: false);
        return Keep(session, new Minted(null, null, _time.GetUtcNow() + FailureMemory));
    }

    // Clerk mints for what the session is now. If its person has changed organizations since the caller's token was made, the request was
    // meant for the other one, and the upstream must not take it for this.
    private async ValueTask<TokenClaims?> ReadAsync(string token, SessionKey session, CancellationToken cancellationToken)
    {
        var entrance = new Entrance
        {
            AuthorizedParties = new[] { session.Origin }.ToFrozenSet(StringComparer.Ordinal),
            AdmitPending = true,
            AdmitStaleRevocations = true,
            MaximumLifetimes = new MaximumLifetimes { Session = TimeSpan.FromDays(1) },
        };
        var result = await _verifier.VerifyAsync(token, entrance, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            Log.Unfit(_logger, session.SessionId, result.Failure.ToCode());
            return null;
        }

        var claims = result.Claims;
        var unfit = claims.SessionId != session.SessionId || claims.Subject != session.UserId ? "session"
            : claims.Organization?.Id != session.OrganizationId ? "organization"
            : claims.IsImpersonated != session.IsImpersonated ? "actor"
            : null;
        if (unfit is null)
        {
            return claims;
        }

        Log.Unfit(_logger, session.SessionId, unfit);
        return null;
    }

    private Minted Keep(SessionKey session, Minted minted)
    {
        var life = minted.UsableUntil - _time.GetUtcNow();
        return life <= TimeSpan.Zero
            ? minted
            : _cache.Set(session, minted, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = life });
    }

    /// <summary>A class and no record: its text must not show the token.</summary>
    private sealed class Minted(string? token, TokenClaims? claims, DateTimeOffset usableUntil)
    {
        public string? Token { get; } = token;

        public TokenClaims? Claims { get; } = claims;

        public DateTimeOffset UsableUntil { get; } = usableUntil;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SessionTokenMinted, LogLevel.Debug, "A token of session {SessionId} was minted to forward with; it ends at {ExpiresAt:O}")]
        public static partial void Minted(ILogger logger, string sessionId, DateTimeOffset expiresAt);

        [LoggerMessage(EventIds.SessionTokenFailed, LogLevel.Warning, "No token of session {SessionId} could be minted to forward with")]
        public static partial void MintFailed(ILogger logger, string sessionId, Exception failure);

        [LoggerMessage(EventIds.SessionTokenUnfit, LogLevel.Warning, "The token that was minted for session {SessionId} is not what its caller showed: {Reason}")]
        public static partial void Unfit(ILogger logger, string sessionId, string reason);
    }
}
