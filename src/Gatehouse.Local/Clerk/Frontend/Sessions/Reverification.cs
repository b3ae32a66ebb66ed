using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>What a signed-in user has begun to prove again.</summary>
internal sealed class Reverification
{
    public const string FirstFactor = "first_factor";
    public const string SecondFactor = "second_factor";
    public const string MultiFactor = "multi_factor";

    public required string SessionId { get; init; }

    /// <summary>Which factors are wanted.</summary>
    public required string Level { get; init; }

    public Verification? First { get; set; }

    public Verification? Second { get; set; }

    public SignInStatus StatusAt(long now)
    {
        if (Level != SecondFactor && First?.StatusAt(now) != VerificationStatus.Verified)
        {
            return SignInStatus.NeedsFirstFactor;
        }

        return Level != FirstFactor && Second is not { IsVerified: true } ? SignInStatus.NeedsSecondFactor : SignInStatus.Complete;
    }
}
