using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>Compares the code of a second factor: an authenticator app's, one that was sent to a phone, or one of the user's backup codes.</summary>
internal static class SecondFactorCheck
{
    /// <summary>The proof, or why the code was refused. A backup code that was taken is used up.</summary>
    public static (Verification? Proof, ClerkError? Refusal) Check(ClerkWorld world, User user, Verification? sent, string strategy, string code)
    {
        if (strategy == VerificationStrategy.PhoneCode && user.PhoneNumbers.Exists(phone => phone.ReservedForSecondFactor))
        {
            return sent?.Strategy != strategy ? (null, FrontendErrors.VerificationMissing)
                : sent.Attempt(code, world.Clock.NowMilliseconds) is { } refused ? (null, refused)
                : (sent, null);
        }

        var proved = strategy switch
        {
            VerificationStrategy.Totp when user.TotpSecret is { } secret => Totp.Matches(secret, code, world.Clock.NowSeconds),
            VerificationStrategy.BackupCode when user.BackupCodes.Count > 0 => user.BackupCodes.Remove(code),
            _ => (bool?)null,
        };
        return proved switch
        {
            null => (null, FrontendErrors.StrategyInvalid),
            false => (null, FrontendErrors.CodeIncorrect),
            true => (Verification.Proved(strategy), null),
        };
    }
}
