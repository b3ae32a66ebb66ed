namespace Gatehouse.Clerk.Api;

/// <summary>What a server shows to renew a browser's session.</summary>
public sealed class SessionRefreshRequest
{
    /// <summary>The expired session token, from the cookie <c>__session</c>.</summary>
    public required string ExpiredToken { get; init; }

    /// <summary>The refresh token, from the cookie <c>__refresh_…</c>.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>The origin for which the expired token was made: Clerk refuses any other than its <c>azp</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What Clerk shall know of the browser's request, such as its <c>User-Agent</c>. Never its cookies.</summary>
    public IReadOnlyDictionary<string, string[]> Headers { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);
}
