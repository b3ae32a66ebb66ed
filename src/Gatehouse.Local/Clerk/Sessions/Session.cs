namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>A user's session. Times are unix milliseconds.</summary>
internal sealed class Session
{
    private const long Lifetime = 7 * 24 * 3600 * 1000L;
    private const long AbandonedAfter = 30 * 24 * 3600 * 1000L;

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required string ClientId { get; init; }

    public required string ActivityId { get; init; }

    public SessionStatus Status { get; private set; } = SessionStatus.Active;

    public string? ActiveOrganizationId { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    public required long LastActiveAt { get; set; }

    public long ExpiresAt => CreatedAt + Lifetime;

    public long AbandonedAt => CreatedAt + AbandonedAfter;

    public SessionStatus StatusAt(long now) => Status == SessionStatus.Active && now >= ExpiresAt ? SessionStatus.Expired : Status;

    public void Revoke(long now)
    {
        if (StatusAt(now) == SessionStatus.Active)
        {
            Status = SessionStatus.Revoked;
            UpdatedAt = now;
        }
    }
}
