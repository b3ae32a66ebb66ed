using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What is sent: the event's data and what Clerk puts around them.</summary>
internal static class EventEnvelope
{
    public static ReadOnlyMemory<byte> Write(RaisedEvent raised, EventAttributes attributes, long now) => AnswerWriter.Render(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        json.WriteRawValue(raised.Data.Span, skipInputValidation: true);
        json.WriteStartObject("event_attributes");
        json.WriteStartObject("http_request");
        json.WriteString("client_ip", attributes.ClientAddress);
        json.WriteString("user_agent", attributes.UserAgent);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("instance_id", LocalClerkDefaults.InstanceId);
        json.WriteString("object", "event");
        json.WriteNumber("timestamp", now);
        json.WriteString("type", raised.Type);
        json.WriteEndObject();
    });
}
