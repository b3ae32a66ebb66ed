using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>Which phone numbers are good for a first factor.</summary>
internal static class FirstFactorPhone
{
    /// <summary>A number that is kept for the second step is none for the first.</summary>
    public static bool IsFirstFactor(this PhoneNumber phone) => phone.Verified && !phone.ReservedForSecondFactor;
}
