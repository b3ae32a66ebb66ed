using System.Text.Json;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>The messages that were sent, sending one again, and sending a sample of any event.</summary>
internal sealed class WebhookControl(WebhookSender sender, EventSamples samples)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/webhooks", List)
        .Map("POST", "/webhooks", SendSample)
        .Map("GET", "/webhooks/types", _ => ListTypes())
        .Map("POST", "/webhooks/{id}/replay", Replay);

    private ClerkAnswer List(ClerkCall call)
    {
        var after = call.Query.Time("after") ?? 0;
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var messages = sender.After(after);
        return ClerkAnswer.Apart(200, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("messages");
            ListJson.WriteArray(json, messages, Write);
            json.WriteEndObject();
        });
    }

    private ClerkAnswer SendSample(ClerkCall call)
    {
        var type = call.Form.RequiredText("type");
        if (type.Length > 0 && !EventTypes.IsKnown(type))
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid("type", "the name of one of Clerk's events"));
        }

        var data = call.Form.Object("data");
        return call.Form.Faults() ?? Tell(sender.Send(samples.Make(type, data)));
    }

    private ClerkAnswer Replay(ClerkCall call)
    {
        var id = call.Route("id");
        return call.Form.Faults() ?? (sender.Replay(id) is { } message ? Tell(message) : ClerkErrors.NotFound("message", id));
    }

    private static ClerkAnswer Tell(WebhookMessage message) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("n", message.Number);
        json.WriteString("id", message.Id);
        json.WriteString("type", message.Type);
        json.WriteEndObject();
    });

    private static ClerkAnswer ListTypes() => ClerkAnswer.Ok(json =>
        ListJson.WriteArray(json, EventTypes.All, (inner, type) => inner.WriteStringValue(type)));

    private static void Write(Utf8JsonWriter json, WebhookMessage message)
    {
        json.WriteStartObject();
        json.WriteNumber("n", message.Number);
        json.WriteString("id", message.Id);
        json.WriteString("type", message.Type);
        json.WritePropertyName("payload");
        json.WriteRawValue(message.Payload.Span, skipInputValidation: true);
        json.WritePropertyName("attempts");
        ListJson.WriteArray(json, message.Attempts, Write);
        if (message.Lost.Count > 0)
        {
            json.WritePropertyName("lost");
            ListJson.WriteArray(json, message.Lost, (inner, url) => inner.WriteStringValue(url));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WebhookAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("url", attempt.Url);
        json.WriteNumber("at", attempt.At);
        if (attempt.Status is { } status)
        {
            json.WriteNumber("status", status);
        }
        else
        {
            json.WriteNull("status");
            json.WriteString("error", attempt.Error);
        }

        if (attempt.Fault is not null)
        {
            json.WriteString("fault", attempt.Fault);
        }

        json.WriteEndObject();
    }
}
