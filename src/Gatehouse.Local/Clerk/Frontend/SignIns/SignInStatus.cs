namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>What a sign-in waits for.</summary>
internal enum SignInStatus
{
    NeedsIdentifier,
    NeedsFirstFactor,
    NeedsSecondFactor,
    NeedsNewPassword,
    Complete,
}
