using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>Changes what a user's second step of signing in is. With its last way gone, backup codes stand for nothing and go too.</summary>
internal static class SecondFactorChange
{
    public static void Apply(ClerkWorld world, User user, Action<User> change)
    {
        SecondFactors.Change(user, world.Clock.NowMilliseconds, changed => world.Data.Users.Change(changed, change));
        if (!user.HasSecondFactor)
        {
            user.BackupCodes.Clear();
        }

        UserChange.Done(world, user);
    }
}
