namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>What has become of a sign-in token or an actor token.</summary>
internal enum TicketStatus
{
    Pending,
    Accepted,
    Revoked,
}
