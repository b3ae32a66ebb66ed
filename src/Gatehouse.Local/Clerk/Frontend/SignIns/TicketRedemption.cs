using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.SignInTokens;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>
/// Signing in with a ticket: a sign-in token, an actor token that lets somebody act as the user, or the invitation of a user into an
/// organization. Each is good for once.
/// </summary>
internal static class TicketRedemption
{
    public static (Session? Session, ClerkError? Refusal) Redeem(ClerkWorld world, BrowserClient client, string ticket)
    {
        if (world.Data.SignInTokens.FindByToken(ticket) is { } token)
        {
            return Redeem(world, client, token, session => Activate(world, session, token.OrganizationId));
        }

        if (world.Data.ActorTokens.FindByToken(ticket) is { } actor)
        {
            return Redeem(world, client, actor, session =>
                (session.Actor, session.Duration) = (actor.Actor.DeepClone().AsObject(), actor.SessionSeconds * 1000L));
        }

        return world.Data.OrganizationInvitations.FindByTicket(ticket) is { } invitation
            && world.Data.Users.Find(IdentifierKind.EmailAddress, invitation.EmailAddress) is { } invited
                ? Accept(world, client, invitation, invited)
                : (null, FrontendErrors.TicketInvalid);
    }

    private static (Session? Session, ClerkError? Refusal) Redeem(
        ClerkWorld world,
        BrowserClient client,
        SignInTicket ticket,
        Action<Session> prepare)
    {
        var now = world.Clock.NowMilliseconds;
        if (!ticket.IsUsable(now))
        {
            return (null, ticket.Status == TicketStatus.Pending ? FrontendErrors.TicketExpired : FrontendErrors.TicketInvalid);
        }

        var (session, refusal) = ClientSessions.Begin(world, client, ticket.UserId, VerificationStrategy.Ticket, prepare);
        if (session is not null)
        {
            ticket.Accept(now);
        }

        return (session, refusal);
    }

    private static (Session? Session, ClerkError? Refusal) Accept(
        ClerkWorld world,
        BrowserClient client,
        OrganizationInvitation invitation,
        User user)
    {
        var (membership, refusal) = OrganizationInvitationAcceptance.Accept(world, invitation, user);
        return membership is null
            ? (null, refusal)
            : ClientSessions.Begin(
                world, client, user.Id, VerificationStrategy.Ticket, session => Activate(world, session, membership.OrganizationId));
    }

    private static void Activate(ClerkWorld world, Session session, string? organization) =>
        session.ActiveOrganizationId = organization is not null && world.Data.Organizations.Find(organization) is { } found
            && world.Data.Organizations.FindMembership(found.Id, session.UserId) is not null
                ? found.Id
                : null;
}
