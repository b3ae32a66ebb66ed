using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>What is told of sessions.</summary>
internal static class SessionEvents
{
    public static void Created(ClerkWorld world, Session session) => Raise(world, "session.created", session);

    /// <summary>Closes a session and tells of it, unless it was over already.</summary>
    /// <param name="world">The instance.</param>
    /// <param name="session">The session.</param>
    /// <param name="status"><see cref="SessionStatus.Ended"/>, <see cref="SessionStatus.Removed"/> or <see cref="SessionStatus.Revoked"/>.</param>
    public static void Close(ClerkWorld world, Session session, SessionStatus status)
    {
        if (session.Close(status, world.Clock.NowMilliseconds))
        {
            Raise(world, $"session.{SessionJson.Text(status)}", session);
        }
    }

    public static void CloseAll(ClerkWorld world, string userId, SessionStatus status)
    {
        foreach (var session in world.Data.Sessions.OfUser(userId).ToList())
        {
            Close(world, session, status);
        }
    }

    private static void Raise(ClerkWorld world, string type, Session session) =>
        world.Outbox.Raise(type, json => SessionEventJson.Write(json, world, session));
}
