using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>What follows when a first factor was proved: a new password if the old one is known to others, a second factor, a session.</summary>
internal static class SignInCompletion
{
    /// <summary>Takes a sign-in as far as it goes. Not null when the user may not have a session.</summary>
    public static ClerkError? Advance(ClerkWorld world, BrowserClient client, SignIn signIn, User user, string strategy)
    {
        if ((strategy is VerificationStrategy.EmailCode or VerificationStrategy.EmailLink or VerificationStrategy.PhoneCode) && user.PasswordCompromised)
        {
            signIn.Status = SignInStatus.NeedsNewPassword;
            return null;
        }

        if (strategy != VerificationStrategy.Ticket && user.HasSecondFactor && signIn.SecondFactor is not { IsVerified: true })
        {
            signIn.Status = SignInStatus.NeedsSecondFactor;
            return null;
        }

        return Complete(world, client, signIn, user, strategy);
    }

    private static ClerkError? Complete(ClerkWorld world, BrowserClient client, SignIn signIn, User user, string strategy)
    {
        var (session, refusal) = ClientSessions.Begin(world, client, user.Id, strategy);
        if (session is null)
        {
            return refusal;
        }

        session.SecondFactorAt = signIn.SecondFactor is { IsVerified: true } ? session.CreatedAt : null;
        (signIn.Status, signIn.CreatedSessionId) = (SignInStatus.Complete, session.Id);
        return null;
    }
}
