namespace Gatehouse.Clerk.Api;

/// <summary>What a session's token shall be like.</summary>
public sealed class SessionTokenRequest
{
    /// <summary>The JWT template's name; null for the session token itself.</summary>
    public string? Template { get; init; }

    /// <summary>How long it lives, in whole seconds, from 30; null for the template's or session's own.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The origin that the token is made for, which Clerk writes as <c>azp</c>; null for a token without one.</summary>
    /// <remarks>A receiver that lists its authorized parties refuses bearer tokens without <c>azp</c>.</remarks>
    public string? Origin { get; init; }
}
