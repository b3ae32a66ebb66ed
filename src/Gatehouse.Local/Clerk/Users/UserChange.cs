using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Ends a change of a user: notes the time, and tells of it.</summary>
internal static class UserChange
{
    public static void Done(ClerkWorld world, User user)
    {
        user.UpdatedAt = world.Clock.NowMilliseconds;
        world.Outbox.Raise("user.updated", json => UserJson.Write(json, user, world.Clock.NowMilliseconds));
    }
}
