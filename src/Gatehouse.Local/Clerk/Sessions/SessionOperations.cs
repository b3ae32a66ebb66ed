using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>Listing, creating, reading and revoking sessions.</summary>
internal sealed class SessionOperations(ClerkWorld world)
{
    private static readonly string[] Statuses = ["abandoned", "active", "ended", "expired", "removed", "replaced", "revoked"];

    public void Map(ClerkRoutes routes) => routes
        .Get("/sessions", List)
        .Post("/sessions", Create)
        .Get("/sessions/{session_id}", call => Find(call, Tell))
        .Post("/sessions/{session_id}/revoke", Revoke);

    private ClerkAnswer List(ClerkCall call)
    {
        var (user, client, status) = (call.Query.Text("user_id"), call.Query.Text("client_id"), call.Query.Text("status"));
        if (!string.IsNullOrEmpty(status) && !Statuses.Contains(status, StringComparer.Ordinal))
        {
            call.Query.Refuse(ParameterErrors.ValueInvalid("status", $"one of {string.Join(", ", Statuses)}"));
        }

        var paginated = call.Query.Flag("paginated") == true;
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var all = string.IsNullOrEmpty(user) ? world.Data.Sessions.All : world.Data.Sessions.OfUser(user);
        var found = new Ordering("created_at", Descending: true)
            .Of(all, session => session.CreatedAt, session => session.Id)
            .Where(session => string.IsNullOrEmpty(client) || session.ClientId == client)
            .Where(session => string.IsNullOrEmpty(status) || SessionJson.Text(session.StatusAt(now)) == status)
            .ToList();
        return ClerkAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, page.Of(found), found.Count, (inner, session) => SessionJson.Write(inner, session, now));
            }
            else
            {
                ListJson.WriteArray(json, page.Of(found), (inner, session) => SessionJson.Write(inner, session, now));
            }
        });
    }

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        var organizationId = call.Form.Text("active_organization_id");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var (session, refusal) = SessionCreation.Create(world, userId, organizationId);
        if (session is null)
        {
            return refusal!;
        }

        SessionEvents.Created(world, session);
        return Tell(session);
    }

    private ClerkAnswer Revoke(ClerkCall call) => Find(call, session =>
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        SessionEvents.Close(world, session, SessionStatus.Revoked);
        return Tell(session);
    });

    private ClerkAnswer Find(ClerkCall call, Func<Session, ClerkAnswer> found) =>
        world.Data.Sessions.Find(call.Route("session_id")) is { } session
            ? found(session)
            : ClerkErrors.NotFound("session", call.Route("session_id"));

    private ClerkAnswer Tell(Session session) =>
        ClerkAnswer.Ok(json => SessionJson.Write(json, session, world.Clock.NowMilliseconds));
}
