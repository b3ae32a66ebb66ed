namespace Gatehouse.Clerk.Api;

/// <summary>Which sessions are listed. Clerk wants a user or a client.</summary>
public sealed class SessionFilter
{
    /// <summary>Of this user.</summary>
    public string? UserId { get; init; }

    /// <summary>Of this client.</summary>
    public string? ClientId { get; init; }

    /// <summary>In this status, such as <c>active</c>.</summary>
    public string? Status { get; init; }
}
