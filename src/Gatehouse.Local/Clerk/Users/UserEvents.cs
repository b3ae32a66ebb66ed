using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>What is told of users.</summary>
internal static class UserEvents
{
    public static void Created(ClerkWorld world, User user) => world.Outbox.Raise("user.created", json => UserJson.Write(json, user, world.Clock.NowMilliseconds));

    /// <summary>
    /// Removes a user with all that is theirs. It is told from the leaves to the root: <c>session.removed</c> for each open session,
    /// <c>organizationMembership.deleted</c> for each membership, then <c>user.deleted</c>.
    /// </summary>
    public static void Remove(ClerkWorld world, User user)
    {
        SessionEvents.CloseAll(world, user.Id, SessionStatus.Removed);
        foreach (var membership in world.Data.Organizations.MembershipsOfUser(user.Id).ToList())
        {
            MembershipChanges.Remove(world, membership);
        }

        world.Data.Sessions.RemoveOfUser(user.Id);
        ImageUploads.Remove(world, user);
        world.Data.Users.Remove(user);
        world.Outbox.Raise("user.deleted", json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("deleted", true);
            if (user.ExternalId is not null)
            {
                json.WriteString("external_id", user.ExternalId);
            }

            json.WriteString("id", user.Id);
            json.WriteString("object", "user");
            json.WriteEndObject();
        });
    }
}
