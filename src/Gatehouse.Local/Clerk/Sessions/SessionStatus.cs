namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>What has become of a session.</summary>
internal enum SessionStatus
{
    Abandoned,
    Active,
    Ended,
    Expired,
    Pending,
    Removed,
    Replaced,
    Revoked,
}
