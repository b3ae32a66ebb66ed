namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>The secret of an authenticator app that its user has still to show a code of. Times are unix milliseconds.</summary>
internal sealed class TotpEnrolment
{
    public required string UserId { get; init; }

    public required string Secret { get; init; }

    public required long CreatedAt { get; init; }
}
