using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>
/// Comparing a password with a user's, by one rule for all who do: a wrong one counts, the last of too many locks the user out, and a
/// right one makes the wrong ones forgotten.
/// </summary>
internal static class PasswordCheck
{
    public static PasswordVerdict Check(ClerkWorld world, User user, string password)
    {
        if (user.Password is not { } digest)
        {
            return PasswordVerdict.NotSet;
        }

        if (Lockout.Holds(user, world.Clock.NowMilliseconds))
        {
            return PasswordVerdict.Locked;
        }

        if (!digest.Matches(user.Id, password))
        {
            Lockout.CountFailure(world, user);
            return PasswordVerdict.Incorrect;
        }

        Lockout.Forget(user);
        if (digest.Hasher is not null)
        {
            // As Clerk does with weak digests when it first sees the password: a dear one is then computed once as well.
            user.Password = PasswordDigest.Of(user.Id, password, digest.SetAt);
        }

        return user.PasswordCompromised ? PasswordVerdict.Compromised : PasswordVerdict.Correct;
    }
}
