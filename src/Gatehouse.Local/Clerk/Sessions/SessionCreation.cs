using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>Makes a session: of a browser's client, or without a sign-in, which Clerk allows on development instances only, and so here.</summary>
internal static class SessionCreation
{
    private const long Day = 24 * 3600 * 1000L;

    public static (Session? Session, ClerkError? Refusal) Create(
        ClerkWorld world,
        string userId,
        string? organizationId,
        string? clientId = null)
    {
        if (world.Data.Users.Find(userId) is not { } user)
        {
            return (null, ClerkErrors.NotFound("user", userId));
        }

        var now = world.Clock.NowMilliseconds;
        if (user.Banned || Lockout.Holds(user, now))
        {
            return (null, user.Banned ? Banned : Lockout.Refusal(user, now));
        }

        if (organizationId is not null && world.Data.Organizations.FindMembership(organizationId, userId) is null)
        {
            return (null, ClerkErrors.NotFound("organization of this user", organizationId));
        }

        var session = new Session
        {
            Id = world.Ids.Next("sess_"),
            UserId = userId,
            ClientId = clientId ?? world.Ids.Next("client_"),
            ActivityId = world.Ids.Next("sess_activity_"),
            ActiveOrganizationId = organizationId,
            CreatedAt = now,
            UpdatedAt = now,
            LastActiveAt = now,
        };
        world.Data.Sessions.Add(session);
        user.LastSignInAt = now;
        user.LastActiveAt = now - (now % Day);   // told by the day only
        return (session, null);
    }

    private static ClerkError Banned { get; } = new(
        403, "user_banned", "User is banned", "This user is banned and cannot have a session.");
}
