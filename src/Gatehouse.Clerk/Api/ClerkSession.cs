namespace Gatehouse.Clerk.Api;

/// <summary>A session of a user.</summary>
public sealed class ClerkSession
{
    /// <summary>The session's id (<c>sess_…</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>The browser's or app's client, if it has one.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// <c>active</c>, <c>pending</c>, <c>revoked</c>, <c>ended</c>, <c>expired</c>, <c>removed</c>, <c>abandoned</c> or <c>replaced</c>.
    /// </summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>The organisation that was active last.</summary>
    public string? LastActiveOrganizationId { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? ExpireAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
