using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>Signing up on an invitation: its ticket proves the address that it was sent to, and its metadata become the user's.</summary>
internal static class SignUpInvitation
{
    private const string Strategy = "ticket";

    /// <summary>Begins a sign-up with a ticket. Not null when the ticket is good for none.</summary>
    public static ClerkError? Apply(ClerkWorld world, SignUp signUp, string ticket)
    {
        EmailInvitation? invitation = world.Data.Invitations.FindByTicket(ticket);
        invitation ??= world.Data.OrganizationInvitations.FindByTicket(ticket);
        var now = world.Clock.NowMilliseconds;
        if (invitation is null || !invitation.IsPending(now))
        {
            return invitation?.StatusAt(now) == InvitationStatus.Expired ? FrontendErrors.TicketExpired : FrontendErrors.TicketInvalid;
        }

        if (world.Data.Users.Find(IdentifierKind.EmailAddress, invitation.EmailAddress) is not null)
        {
            return ParameterErrors.IdentifierExists("email_address");
        }

        signUp.Ticket = ticket;
        signUp.EmailAddress = invitation.EmailAddress;
        signUp.EmailVerification = Verification.Proved(Strategy);
        signUp.PublicMetadata = invitation is Invitation ? invitation.PublicMetadata.DeepClone().AsObject() : [];
        return null;
    }

    /// <summary>Takes the invitation up in the new user's name.</summary>
    public static void Accept(ClerkWorld world, string ticket, User user)
    {
        if (world.Data.Invitations.FindByTicket(ticket) is { } invitation)
        {
            invitation.Accept(world.Clock.NowMilliseconds);
        }
        else if (world.Data.OrganizationInvitations.FindByTicket(ticket) is { } membership)
        {
            OrganizationInvitationAcceptance.Accept(world, membership, user);
        }
    }
}
