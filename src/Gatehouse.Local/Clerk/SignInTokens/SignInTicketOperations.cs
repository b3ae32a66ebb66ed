using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>What is done with sign-in tokens as with actor tokens.</summary>
internal static class SignInTicketOperations
{
    /// <param name="world">The instance.</param>
    /// <param name="call">The request.</param>
    /// <param name="ticket">Which is meant.</param>
    /// <param name="notFound">The refusal when there is none.</param>
    public static ClerkAnswer Revoke(ClerkWorld world, ClerkCall call, SignInTicket? ticket, ClerkError notFound)
    {
        if (ticket is null)
        {
            return notFound;
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (ticket.Status != TicketStatus.Pending)
        {
            return new ClerkError(
                400, $"{ticket.Type}_cannot_be_revoked_code", "cannot revoke",
                $"The {ticket.Name} cannot be revoked: it is {SignInTicketJson.Text(ticket.Status)}, and only pending ones can be.");
        }

        ticket.Revoke(world.Clock.NowMilliseconds);
        return Tell(ticket);
    }

    public static ClerkAnswer Tell(SignInTicket ticket) => ClerkAnswer.Ok(json => SignInTicketJson.Write(json, ticket));
}
