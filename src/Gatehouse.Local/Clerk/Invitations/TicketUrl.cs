using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>Where a person goes with a ticket: the Frontend API of this server.</summary>
internal static class TicketUrl
{
    public static string Of(ClerkCall call, string ticket) => $"{call.Address}/__clerk/v1/tickets/accept?ticket={ticket}";
}
