using System.Text.Json.Nodes;

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

    public RefreshTokens RefreshTokens { get; init; } = new();

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    public required long LastActiveAt { get; set; }

    public long ExpiresAt => CreatedAt + (Duration ?? Lifetime);

    public long AbandonedAt => CreatedAt + AbandonedAfter;

    /// <summary>Who acts as the user; null of a user's own session.</summary>
    public JsonObject? Actor { get; set; }

    /// <summary>How long it lasts, in milliseconds, where that is not the usual time.</summary>
    public long? Duration { get; set; }

    /// <summary>When the user last proved a second factor.</summary>
    public long? SecondFactorAt { get; set; }

    /// <summary>When the user last proved a first factor. A session made through the Backend API counts as proved at its making.</summary>
    public long? FirstFactorAt { get; set; }

    public SessionStatus StatusAt(long now) =>
        Status is SessionStatus.Active or SessionStatus.Pending && now >= ExpiresAt ? SessionStatus.Expired : Status;

    /// <summary>Whether the user is signed in by it, if only to choose an organization.</summary>
    public bool IsOpenAt(long now) => StatusAt(now) is SessionStatus.Active or SessionStatus.Pending;

    /// <summary>Keeps it from being used until the user has chosen an organization.</summary>
    public void AwaitTask() => Status = SessionStatus.Pending;

    public void CompleteTask(long now)
    {
        if (StatusAt(now) == SessionStatus.Pending)
        {
            Status = SessionStatus.Active;
            UpdatedAt = now;
        }
    }

    public void Revoke(long now) => Close(SessionStatus.Revoked, now);

    /// <summary>Ends it in one of the ways there are. False when it was over already.</summary>
    public bool Close(SessionStatus status, long now)
    {
        if (!IsOpenAt(now))
        {
            return false;
        }

        Status = status;
        UpdatedAt = now;
        return true;
    }
}
