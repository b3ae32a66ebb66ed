using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>The sessions of the instance's users. Every call needs the instance's secret key.</summary>
public sealed class ClerkSessions
{
    private readonly ClerkTransport _clerk;

    internal ClerkSessions(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Reads a session.</summary>
    public Task<ClerkSession> GetAsync(string sessionId, CancellationToken cancellationToken) =>
        _clerk.GetAsync(Path(sessionId), _clerk.InstanceSecret, ClerkJson.Default.ClerkSession, cancellationToken);

    /// <summary>Lists sessions, newest first.</summary>
    public IAsyncEnumerable<ClerkSession> ListAsync(SessionFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Paging.WalkAsync((offset, stop) => PageAsync(filter, offset, stop), cancellationToken);
    }

    /// <summary>Creates a session without a sign-in. Clerk does that on development instances only.</summary>
    public Task<ClerkSession> CreateAsync(string userId, string? activeOrganizationId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userId);
        var body = ClerkTransport.Body(new Wire.CreateSession(userId, activeOrganizationId), ClerkJson.Default.CreateSession);
        return SendAsync("v1/sessions", body, cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    public Task<ClerkSession> RevokeAsync(string sessionId, CancellationToken cancellationToken) =>
        SendAsync($"{Path(sessionId)}/revoke", null, cancellationToken);

    /// <summary>Mints a token of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">What it shall be like; null for the plain session token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The JWT.</returns>
    public async Task<string> CreateTokenAsync(string sessionId, SessionTokenRequest? request, CancellationToken cancellationToken)
    {
        request ??= new SessionTokenRequest();
        var template = request.Template is { } name ? $"/{ClerkTransport.Segment(name)}" : "";
        var body = ClerkTransport.Body(
            new Wire.CreateSessionToken((long?)request.Lifetime?.TotalSeconds), ClerkJson.Default.CreateSessionToken);
        var answer = await _clerk
            .SendAsync(
                HttpMethod.Post,
                $"{Path(sessionId)}/tokens{template}",
                _clerk.InstanceSecret,
                body,
                ClerkJson.Default.SessionToken,
                cancellationToken,
                request.Origin)
            .ConfigureAwait(false);
        return answer.Jwt ?? throw new ClerkApiException("Clerk's answer holds no token", ClerkFailure.Unavailable);
    }

    /// <summary>Trades an expired session token and the browser's refresh token for new cookies, without the browser's help.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="request">The two tokens, and for whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Full <c>Set-Cookie</c> lines. Clerk takes an expired token once; a second time is refused as <c>consumed</c>.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(
        string sessionId, SessionRefreshRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = ClerkTransport.Body(
            new Wire.RefreshSession(request.ExpiredToken, request.RefreshToken, request.Origin, request.Headers, "cookie"),
            ClerkJson.Default.RefreshSession);
        var answer = await _clerk
            .SendAsync(
                HttpMethod.Post,
                $"{Path(sessionId)}/refresh?suffixed_cookies=true",
                _clerk.InstanceSecret,
                body,
                ClerkJson.Default.Cookies,
                cancellationToken)
            .ConfigureAwait(false);
        return answer.Lines ?? throw new ClerkApiException("Clerk's answer holds no cookies", ClerkFailure.Unavailable);
    }

    /// <summary>Trades a handshake's nonce for its answer, which Clerk gives once.</summary>
    /// <returns>Full <c>Set-Cookie</c> lines.</returns>
    /// <remarks>Not in Clerk's published document; its own server clients call it (seen on <c>@clerk/backend</c> 3.20).</remarks>
    public async Task<IReadOnlyList<string>> ReadHandshakeAsync(string nonce, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nonce);
        var answer = await _clerk
            .GetAsync(
                $"v1/clients/handshake_payload?nonce={Uri.EscapeDataString(nonce)}",
                _clerk.InstanceSecret,
                ClerkJson.Default.HandshakePayload,
                cancellationToken)
            .ConfigureAwait(false);
        return answer.Directives ?? throw new ClerkApiException("Clerk's answer holds no directives", ClerkFailure.Unavailable);
    }

    private static string Path(string sessionId) => $"v1/sessions/{ClerkTransport.Segment(sessionId)}";

    private async Task<(IReadOnlyList<ClerkSession> Items, int Total)> PageAsync(
        SessionFilter filter,
        int offset,
        CancellationToken cancellationToken)
    {
        var query = new QueryText()
            .Add("user_id", filter.UserId)
            .Add("client_id", filter.ClientId)
            .Add("status", filter.Status)
            .Add("paginated", true)
            .Add("limit", ClerkTransport.PageSize)
            .Add("offset", offset);
        var page = await _clerk
            .GetAsync($"v1/sessions{query}", _clerk.InstanceSecret, ClerkJson.Default.SessionPage, cancellationToken)
            .ConfigureAwait(false);
        return (page.Data ?? [], page.TotalCount);
    }

    private Task<ClerkSession> SendAsync(string path, HttpContent? body, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Post, path, _clerk.InstanceSecret, body, ClerkJson.Default.ClerkSession, cancellationToken);
}
