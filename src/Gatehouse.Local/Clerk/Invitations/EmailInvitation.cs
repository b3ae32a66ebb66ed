using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>An invitation that goes to an e-mail address, to the application or to an organization. Times are unix milliseconds.</summary>
internal abstract class EmailInvitation
{
    public const int DefaultDays = 30;
    public const int MostDays = 365;
    public const long Day = 24 * 3600 * 1000L;

    public required string Id { get; init; }

    /// <summary>What was done with it; time may have ended it since.</summary>
    public InvitationStatus Status { get; private set; } = InvitationStatus.Pending;

    public required string EmailAddress { get; init; }

    public JsonObject PublicMetadata { get; init; } = [];

    public string? RedirectUrl { get; init; }

    /// <summary>What the invited person proves the invitation with.</summary>
    public required string Ticket { get; init; }

    /// <summary>Where the invitation's e-mail points to.</summary>
    public required string Url { get; init; }

    public required long ExpiresAt { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    public InvitationStatus StatusAt(long now) =>
        Status == InvitationStatus.Pending && now >= ExpiresAt ? InvitationStatus.Expired : Status;

    public bool IsPending(long now) => StatusAt(now) == InvitationStatus.Pending;

    public bool IsFor(string emailAddress) => string.Equals(EmailAddress, emailAddress, StringComparison.OrdinalIgnoreCase);

    public void Accept(long now) => End(InvitationStatus.Accepted, now);

    public void Revoke(long now) => End(InvitationStatus.Revoked, now);

    private void End(InvitationStatus status, long now) => (Status, UpdatedAt) = (status, now);
}
