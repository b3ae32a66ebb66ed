using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The mail that would carry a code. None is sent: the event that tells of it holds the code.</summary>
internal static class CodeEmail
{
    public static void Raise(ClerkWorld world, string slug, string code, string address, string? addressId = null, string? userId = null)
    {
        var id = world.Ids.Next("ema_");
        var subject = $"{code} is your verification code";
        var text = $"Enter the following verification code when prompted: {code}";
        world.Outbox.Raise("email.created", json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "email");
            json.WriteString("id", id);
            json.WriteString("slug", slug);
            json.WriteString("from_email_name", "notifications");
            json.WriteNull("reply_to_email_name");
            json.WriteString("to_email_address", address);
            json.WriteString("email_address_id", addressId);
            json.WriteString("user_id", userId);
            json.WriteString("subject", subject);
            json.WriteString("body", $"<p>{text}</p>");
            json.WriteString("body_plain", text);
            json.WriteString("status", "queued");
            json.WriteStartObject("data");
            json.WriteString("otp_code", code);
            json.WriteEndObject();
            json.WriteBoolean("delivered_by_clerk", true);
            json.WriteEndObject();
        });
    }
}
