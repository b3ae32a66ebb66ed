using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>Gives a user another password, or none.</summary>
internal static class PasswordChange
{
    public static void Apply(ClerkWorld world, User user, string? password, string? exceptSessionId, bool endSessions)
    {
        var now = world.Clock.NowMilliseconds;
        world.Data.Users.Change(user, changed =>
        {
            changed.Password = password is null ? null : PasswordDigest.Of(changed.Id, password, now);
            changed.PasswordCompromised = false;
        });
        if (endSessions)
        {
            EndSessions(world, user, exceptSessionId, now);
        }

        UserChange.Done(world, user);
    }

    private static void EndSessions(ClerkWorld world, User user, string? exceptSessionId, long now)
    {
        foreach (var session in world.Data.Sessions.OfUser(user.Id).Where(session => session.Id != exceptSessionId && session.IsOpenAt(now)))
        {
            ClientSessions.Revoke(world, session);
        }
    }
}
