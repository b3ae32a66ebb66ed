using System.Text.Json;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Where webhooks are delivered to. The list is replaced as a whole.</summary>
internal sealed class EndpointControl(WebhookSender sender, WebhookSettings settings)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/endpoints", _ => Tell())
        .MapList("PUT", "/endpoints", Set);

    private ClerkAnswer Set(ClerkCall call)
    {
        var (endpoints, refusal) = EndpointReader.Read(call.Items, settings.AllowAnyHost);
        if (refusal is not null)
        {
            return refusal;
        }

        sender.Configure(endpoints);
        return Tell();
    }

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json => ListJson.WriteArray(json, sender.Endpoints, Write));

    // What is as usual is left out, so that the list reads as the one that was put there.
    private static void Write(Utf8JsonWriter json, WebhookEndpoint endpoint)
    {
        var settings = endpoint.Settings;
        json.WriteStartObject();
        json.WriteString("url", settings.Url);
        json.WriteString("secret", settings.SecretTexts[0]);
        if (settings.SecretTexts.Count > 1)
        {
            json.WritePropertyName("previous_secrets");
            ListJson.WriteArray(json, settings.SecretTexts.Skip(1), (inner, text) => inner.WriteStringValue(text));
        }

        json.WritePropertyName("events");
        ListJson.WriteArray(json, settings.Events, (inner, type) => inner.WriteStringValue(type));
        if (endpoint.Disabled)
        {
            json.WriteBoolean("disabled", true);
        }

        json.WriteEndObject();
    }
}
