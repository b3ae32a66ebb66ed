using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Verifications;

/// <summary>The text message that would carry a code. None is sent: the event that tells of it holds the code.</summary>
internal static class CodeMessage
{
    private const string Sender = "+12015550100";

    public static void Raise(ClerkWorld world, string slug, string code, string number, string? numberId = null, string? userId = null)
    {
        var (id, now) = (world.Ids.Next("sms_"), world.Clock.NowMilliseconds);
        world.Outbox.Raise("sms.created", json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "sms_message");
            json.WriteString("id", id);
            json.WriteString("slug", slug);
            json.WriteString("from_phone_number", Sender);
            json.WriteString("to_phone_number", number);
            json.WriteString("phone_number_id", numberId);
            json.WriteString("user_id", userId);
            json.WriteString("message", $"{code} is your verification code");
            json.WriteString("status", "queued");
            json.WriteStartObject("data");
            json.WriteString("otp_code", code);
            json.WriteEndObject();
            json.WriteBoolean("delivered_by_clerk", true);
            json.WriteNumber("created_at_ms", now);
            json.WriteEndObject();
        });
    }
}
