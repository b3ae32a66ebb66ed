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
