using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Clients;

/// <summary>Signing in and out of a browser. Every way in and out passes here, so that all raise the same events.</summary>
internal static class ClientSessions
{
    /// <summary>A browser that nobody has used.</summary>
    public static BrowserClient NewClient(ClerkWorld world)
    {
        var now = world.Clock.NowMilliseconds;
        var client = new BrowserClient
        {
            Id = world.Ids.Next("client_"),
            Secret = world.Ids.NextHex("client_secret_"),
            DevBrowser = world.Ids.Next("dvb_"),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.Clients.Add(client);
        return client;
    }

    /// <summary>The sessions that are signed in here, the oldest first.</summary>
    public static IEnumerable<Session> Open(ClerkWorld world, BrowserClient client)
    {
        var now = world.Clock.NowMilliseconds;
        return client.SessionIds
            .Select(world.Data.Sessions.Find)
            .OfType<Session>()
            .Where(session => session.IsOpenAt(now));
    }

    /// <summary>The session that the browser is on, or else its newest; null when nobody is signed in.</summary>
    public static Session? Current(ClerkWorld world, BrowserClient client)
    {
        var open = Open(world, client).ToList();
        return open.Find(session => session.Id == client.LastActiveSessionId) ?? open.LastOrDefault();
    }

    /// <summary>Signs a user in. A user who must belong to an organization is on the way in only, until one is chosen.</summary>
    /// <param name="world">The instance.</param>
    /// <param name="client">The browser.</param>
    /// <param name="userId">Who.</param>
    /// <param name="strategy">How the user proved to be that.</param>
    /// <param name="prepare">What is special about the session, done before anybody is told of it.</param>
    public static (Session? Session, ClerkError? Refusal) Begin(
        ClerkWorld world,
        BrowserClient client,
        string userId,
        string strategy,
        Action<Session>? prepare = null)
    {
        var (session, refusal) = SessionCreation.Create(world, userId, organizationId: null, client.Id);
        if (session is null)
        {
            return (null, refusal);
        }

        prepare?.Invoke(session);
        if (world.ForceOrganizationSelection && session.ActiveOrganizationId is null)
        {
            session.AwaitTask();
        }

        client.SessionIds.Add(session.Id);
        client.LastActiveSessionId = session.Id;
        client.LastStrategy = strategy;
        client.UpdatedAt = session.CreatedAt;
        Raise(world, session.Status == SessionStatus.Pending ? "session.pending" : "session.created", session);
        return (session, null);
    }

    /// <summary>Makes an organization the active one; the empty text or null is none.</summary>
    public static void Activate(ClerkWorld world, Session session, string? organizationId)
    {
        var now = world.Clock.NowMilliseconds;
        session.ActiveOrganizationId = string.IsNullOrEmpty(organizationId) ? null : organizationId;
        session.UpdatedAt = now;
        if (session.ActiveOrganizationId is not null && session.StatusAt(now) == SessionStatus.Pending)
        {
            session.CompleteTask(now);
            Raise(world, "session.created", session);
        }
    }

    /// <summary>Signs a session out, as <see cref="SessionStatus.Ended"/> or <see cref="SessionStatus.Removed"/>.</summary>
    public static void Close(ClerkWorld world, BrowserClient client, Session session, SessionStatus status)
    {
        var now = world.Clock.NowMilliseconds;
        if (!session.Close(status, now))
        {
            return;
        }

        client.SessionIds.Remove(session.Id);
        client.UpdatedAt = now;
        client.LastActiveSessionId = client.LastActiveSessionId == session.Id ? null : client.LastActiveSessionId;
        Raise(world, status == SessionStatus.Ended ? "session.ended" : "session.removed", session);
    }

    /// <summary>Takes a session away from whichever browser it is in.</summary>
    public static void Revoke(ClerkWorld world, Session session) => SessionEvents.Close(world, session, SessionStatus.Revoked);

    /// <summary>Signs everybody out.</summary>
    public static void CloseAll(ClerkWorld world, BrowserClient client)
    {
        foreach (var session in Open(world, client).ToList())
        {
            Close(world, client, session, SessionStatus.Removed);
        }

        client.SignIn = null;
        client.SignUp = null;
    }

    private static void Raise(ClerkWorld world, string type, Session session) =>
        world.Outbox.Raise(type, json => SessionEventJson.Write(json, world, session));
}
