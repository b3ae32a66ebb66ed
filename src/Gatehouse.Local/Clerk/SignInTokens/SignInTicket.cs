namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>A token that signs one user in, once, without a password. Times are unix milliseconds.</summary>
internal abstract class SignInTicket
{
    public required string Id { get; init; }

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

    public void Revoke(long now) => (Status, UpdatedAt) = (TicketStatus.Revoked, now);
}
