using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>A browser's sessions: choosing one and its organization, taking tokens of it, and leaving it.</summary>
internal sealed class BrowserSessionOperations(ClerkWorld world)
{
    private const string OrganizationField = "active_organization_id";

    public void Map(FrontendRoutes routes) => routes
        .Get("/client/sessions/{session_id}", call => call.WithSession((_, session) => Tell(call, session)))
        .Post("/client/sessions/{session_id}/touch", call => WithOpen(call, (client, session) => Touch(call, client, session)))
        .Post("/client/sessions/{session_id}/tokens", call => WithOpen(call, (_, session) => MintToken(call, session)))
        .Post("/client/sessions/{session_id}/tokens/{template_name}", call => WithOpen(call, (_, session) => MintOfTemplate(call, session)))
        .Post("/client/sessions/{session_id}/end", call => call.WithSession((client, session) =>
            Close(call, client, session, SessionStatus.Ended)))
        .Post("/client/sessions/{session_id}/remove", call => call.WithSession((client, session) =>
            Close(call, client, session, SessionStatus.Removed)));

    private FrontendAnswer Touch(FrontendCall call, BrowserClient client, Session session)
    {
        var organizationId = call.Form.Text(OrganizationField);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (RefuseForeign(session, organizationId) is { } refused)
        {
            return refused;
        }

        var now = world.Clock.NowMilliseconds;
        if (call.Form.Has(OrganizationField))
        {
            var id = organizationId is null ? null : world.Data.Organizations.Find(organizationId)!.Id;
            if (id != session.ActiveOrganizationId)
            {
                ClientSessions.Activate(world, session, id);
            }
        }

        session.LastActiveAt = now;
        client.LastActiveSessionId = session.Id;
        return Tell(call, session);
    }

    private FrontendAnswer MintToken(FrontendCall call, Session session)
    {
        var organizationId = call.Form.Text("organization_id");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (RefuseForeign(session, organizationId) is { } refused)
        {
            return refused;
        }

        // A token can be of another organization than the session's active one; an absent field means the active one.
        var id = call.Form.Has("organization_id")
            ? organizationId is null ? null : world.Data.Organizations.Find(organizationId)!.Id
            : session.ActiveOrganizationId;
        session.LastActiveAt = world.Clock.NowMilliseconds;
        return Answer(SessionTokens.Create(world, session, call.Origin, seconds: null, id));
    }

    private FrontendAnswer MintOfTemplate(FrontendCall call, Session session) =>
        world.Data.Templates.FindByName(call.Route("template_name")) is { } template
            ? Answer(TemplateTokens.Create(world, session, template, call.Origin, seconds: null))
            : ClerkErrors.NotFound("JWT template", call.Route("template_name"));

    private FrontendAnswer Close(FrontendCall call, BrowserClient client, Session session, SessionStatus status)
    {
        ClientSessions.Close(world, client, session, status);
        return Tell(call, session);
    }

    /// <summary>Not null when the user does not belong to an organization that was named.</summary>
    private ClerkError? RefuseForeign(Session session, string? organization) =>
        organization is null
        || (world.Data.Organizations.Find(organization) is { } found
            && world.Data.Organizations.FindMembership(found.Id, session.UserId) is not null)
            ? null
            : ClerkErrors.NotFound("organization of this user", organization);

    private FrontendAnswer WithOpen(FrontendCall call, Func<BrowserClient, Session, FrontendAnswer> handle) =>
        call.WithSession((client, session) => session.IsOpenAt(world.Clock.NowMilliseconds)
            ? handle(client, session)
            : FrontendErrors.SignedOut);

    private FrontendAnswer Tell(FrontendCall call, Session session) =>
        FrontendAnswer.Ok(json => BrowserSessionJson.Write(json, world, session, call.Origin));

    private static FrontendAnswer Answer(UnsignedToken token) =>
        FrontendAnswer.Apart(json => BrowserSessionJson.WriteToken(json, token));
}
