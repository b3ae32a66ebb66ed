using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>Where a person goes with a ticket: the Frontend API of this server.</summary>
internal static class TicketUrl
{
    public static string Of(ClerkCall call, string ticket) => Of(call.Address, ticket);

    /// <summary>The same, at this server's own address as the caller knows it.</summary>
    public static string Of(string self, string ticket) => $"{self}/__clerk/v1/tickets/accept?ticket={ticket}";
}
