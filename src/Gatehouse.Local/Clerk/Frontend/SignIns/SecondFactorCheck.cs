using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>Compares the code of a second factor: an authenticator app's, or one of the user's backup codes.</summary>
internal static class SecondFactorCheck
{
    /// <summary>Not null when the code was refused. A backup code that was taken is used up.</summary>
    public static ClerkError? Refuse(ClerkWorld world, User user, string strategy, string code)
    {
        var proved = strategy switch
        {
            SignInStrategy.Totp when user.TotpSecret is { } secret => Totp.Matches(secret, code, world.Clock.NowSeconds),
            SignInStrategy.BackupCode when user.BackupCodes.Count > 0 => user.BackupCodes.Remove(code),
            _ => (bool?)null,
        };
        return proved switch
        {
            null => FrontendErrors.StrategyInvalid,
            false => FrontendErrors.CodeIncorrect,
            true => null,
        };
    }
}
