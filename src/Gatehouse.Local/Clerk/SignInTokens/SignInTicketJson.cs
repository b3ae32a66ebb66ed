using System.Text.Json;

namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>What sign-in tokens and actor tokens have in common as the Backend API tells them.</summary>
internal static class SignInTicketJson
{
    public static void Write(Utf8JsonWriter json, SignInTicket ticket)
    {
        json.WriteStartObject();
        json.WriteString("object", ticket.Type);
        json.WriteString("id", ticket.Id);
        json.WriteString("status", Text(ticket.Status));
        json.WriteString("user_id", ticket.UserId);
        ticket.WriteMore(json);
        if (ticket.Status == TicketStatus.Pending)
        {
            json.WriteString("token", ticket.Token);
            json.WriteString("url", ticket.Url);
        }

        json.WriteNumber("created_at", ticket.CreatedAt);
        json.WriteNumber("updated_at", ticket.UpdatedAt);
        json.WriteEndObject();
    }

    public static string Text(TicketStatus status) => status.ToString().ToLowerInvariant();
}
