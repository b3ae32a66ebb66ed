namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>What has become of an invitation.</summary>
internal enum InvitationStatus
{
    Pending,
    Accepted,
    Revoked,
    Expired,
}
