namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>What has become of a verification.</summary>
internal enum VerificationStatus
{
    Unverified,
    Verified,
    Failed,
    Expired,
}
