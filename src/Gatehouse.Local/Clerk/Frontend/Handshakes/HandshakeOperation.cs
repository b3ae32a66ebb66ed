using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Clerk.Frontend.Handshakes;

/// <summary>
/// The handshake: a server that cannot tell who a browser is sends it here, and it comes back with the answer, as a signed token or as a
/// nonce that the server trades for it.
/// </summary>
internal sealed class HandshakeOperation(ClerkWorld world, OriginPolicy origins)
{
    private const string TokenParameter = "__clerk_handshake";
    private const string NonceParameter = "__clerk_handshake_nonce";

    public void Map(FrontendRoutes routes) => routes.MapForAnyBrowser("GET", "/client/handshake", Shake);

    private FrontendAnswer Shake(FrontendCall call)
    {
        if (origins.ReadRedirect(call.QueryText("redirect_url")) is not { } app)
        {
            return FrontendErrors.RedirectInvalid;
        }

        var client = call.RequireClient();
        var session = ClientSessions.Current(world, client);
        if (session is not null && call.QueryText("organization_id") is { } organization)
        {
            Switch(session, organization);
        }

        var directives = HandshakeDirectives.For(world, client, session, app);
        return FrontendAnswer.Redirect(call.QueryText("format") == "nonce" ? WithNonce(app, directives) : WithToken(app, directives));
    }

    // The server names the organization that its address stands for, and the empty text for none of them.
    private void Switch(Session session, string organization)
    {
        if (organization.Length == 0)
        {
            ClientSessions.Activate(world, session, null);
        }
        else if (world.Data.Organizations.Find(organization) is { } found
            && world.Data.Organizations.FindMembership(found.Id, session.UserId) is not null
            && session.ActiveOrganizationId != found.Id)
        {
            ClientSessions.Activate(world, session, found.Id);
        }
    }

    private string WithNonce(Uri app, IReadOnlyList<string> directives)
    {
        var nonce = world.Ids.NextHex("", bytes: 20);
        world.Data.Handshakes.Add(nonce, directives, world.Clock.NowMilliseconds);
        return QueryHelpers.AddQueryString(app.AbsoluteUri, NonceParameter, nonce);
    }

    private string WithToken(Uri app, IReadOnlyList<string> directives)
    {
        var claims = new ClaimSet { ["handshake"] = new JsonArray([.. directives.Select(line => (JsonNode)line)]) };
        var token = UnsignedToken.Of(world.Data.Keys.Current, TokenCategory.Session, claims).Sign();
        return QueryHelpers.AddQueryString(app.AbsoluteUri, TokenParameter, token);
    }
}
