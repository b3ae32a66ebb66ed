using System.Text.Json;
using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The mail that Clerk would send. None is: the event that tells of it holds what it says.</summary>
internal sealed record MailEvent(string Slug, string Subject, string Html, string Plain)
{
    public required string Address { get; init; }

    public string? AddressId { get; init; }

    public string? UserId { get; init; }

    /// <summary>Writes the members of <c>data</c>, which Clerk's templates are filled from.</summary>
    public required Action<Utf8JsonWriter> Data { get; init; }

    public void Raise(ClerkWorld world)
    {
        var id = world.Ids.Next("ema_");
        world.Outbox.Raise("email.created", json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "email");
            json.WriteString("id", id);
            json.WriteString("slug", Slug);
            json.WriteString("from_email_name", "notifications");
            json.WriteNull("reply_to_email_name");
            json.WriteString("to_email_address", Address);
            json.WriteString("email_address_id", AddressId);
            json.WriteString("user_id", UserId);
            json.WriteString("subject", Subject);
            json.WriteString("body", Html);
            json.WriteString("body_plain", Plain);
            json.WriteString("status", "queued");
            json.WriteStartObject("data");
            Data(json);
            json.WriteEndObject();
            json.WriteBoolean("delivered_by_clerk", true);
            json.WriteEndObject();
        });
    }
}
