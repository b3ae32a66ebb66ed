using System.Text.Json;

namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>A token that signs one user in, once, without a password. Times are unix milliseconds.</summary>
internal abstract class SignInTicket
{
    public required string Id { get; init; }

    /// <summary>What the API calls its kind.</summary>
    public abstract string Type { get; }

    /// <summary>What people call its kind.</summary>
    public abstract string Name { get; }

    /// <summary>Whom it signs in.</summary>
    public required string UserId { get; init; }

    /// <summary>What is presented, as the strategy <c>ticket</c>.</summary>
    public required string Token { get; init; }

    /// <summary>Where a person goes with it.</summary>
    public required string Url { get; init; }

    public TicketStatus Status { get; private set; } = TicketStatus.Pending;

    public required long ExpiresAt { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    /// <summary>Whether it can still be used.</summary>
    public bool IsUsable(long now) => Status == TicketStatus.Pending && now < ExpiresAt;

    public void Accept(long now) => (Status, UpdatedAt) = (TicketStatus.Accepted, now);

    /// <summary>Writes what only its kind is told with.</summary>
    public virtual void WriteMore(Utf8JsonWriter json) { }

    public void Revoke(long now) => (Status, UpdatedAt) = (TicketStatus.Revoked, now);
}
