using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>
/// Where the link in an invitation's e-mail leads, and that of a sign-in token: on to the app, with the ticket for it to redeem, or to
/// the sign-in page, which does so itself.
/// </summary>
internal sealed class TicketAcceptance(ClerkWorld world, OriginPolicy origins)
{
    private const int LongestTicket = 4096;

    public void Map(FrontendRoutes routes) => routes.MapForAnyBrowser("GET", "/tickets/accept", Accept);

    private FrontendAnswer Accept(FrontendCall call)
    {
        var ticket = call.QueryText("ticket");
        if (ticket is not { Length: > 0 and <= LongestTicket })
        {
            return FrontendErrors.TicketInvalid;
        }

        EmailInvitation? invitation = world.Data.Invitations.FindByTicket(ticket);
        invitation ??= world.Data.OrganizationInvitations.FindByTicket(ticket);
        if (invitation is null)
        {
            return Redeem(call, ticket);
        }

        if (origins.ReadRedirect(invitation.RedirectUrl ?? $"{call.Self}/sign-in") is not { } app)
        {
            return FrontendErrors.RedirectInvalid;
        }

        var known = world.Data.Users.Find(IdentifierKind.EmailAddress, invitation.EmailAddress) is not null;
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["__clerk_ticket"] = ticket,
            ["__clerk_status"] = known ? "sign_in" : "sign_up",
        };
        return FrontendAnswer.Redirect(QueryHelpers.AddQueryString(app.AbsoluteUri, query));
    }

    // A sign-in token or an actor token names no app: it signs in here, and the sign-in page says as whom.
    private FrontendAnswer Redeem(FrontendCall call, string ticket)
    {
        var client = call.RequireClient();
        if (ClientSessions.Current(world, client) is not null)
        {
            return FrontendErrors.SessionExists;
        }

        var (session, refusal) = TicketRedemption.Redeem(world, client, ticket);
        return session is null ? refusal! : FrontendAnswer.Redirect($"{call.Self}/sign-in");
    }
}
