using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Webhooks;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>Reads endpoints, from the control surface or from configuration.</summary>
internal static class EndpointReader
{
    private const int MostEndpoints = 50;
    private const int MostPreviousSecrets = 10;   // Svix keeps no more

    public static (IReadOnlyList<WebhookEndpointSettings> Endpoints, ClerkAnswer? Refusal) Read(
        IReadOnlyList<FormReader> items,
        bool allowAnyHost)
    {
        var endpoints = new List<WebhookEndpointSettings>();
        var faults = new List<ClerkError>();
        foreach (var form in items)
        {
            endpoints.Add(Read(form, allowAnyHost));
            if (endpoints.Count(endpoint => endpoint.Url == endpoints[^1].Url) > 1)
            {
                form.Refuse(ParameterErrors.ValueInvalid("url", "an address that no other endpoint has"));
            }

            faults.AddRange(form.Faults()?.Errors ?? []);
        }

        if (items.Count > MostEndpoints)
        {
            faults.Add(ParameterErrors.TooMany("endpoints", MostEndpoints));
        }

        return (endpoints, faults.Count == 0 ? null : ClerkAnswer.Refused(faults));
    }

    private static WebhookEndpointSettings Read(FormReader form, bool allowAnyHost)
    {
        var url = form.RequiredText("url", 2048);
        if (url.Length > 0 && FindFault(url, allowAnyHost) is { } fault)
        {
            form.Refuse(ParameterErrors.ValueInvalid("url", fault));
        }

        string[] texts =
        [
            form.Text("secret") ?? LocalClerkDefaults.WebhookSecret,
            .. form.Texts("previous_secrets", MostPreviousSecrets) ?? [],
        ];
        return new WebhookEndpointSettings
        {
            Url = url,
            SecretTexts = texts,
            Secrets = [.. texts.Select(text => Secret(form, text)).OfType<WebhookSecret>()],
            Events = Events(form),
            Disabled = form.Flag("disabled") ?? false,
        };
    }

    private static string? FindFault(string url, bool allowAnyHost)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            || parsed.UserInfo.Length > 0)
        {
            return "an absolute http or https address without a user";
        }

        return allowAnyHost || Loopback.Contains(parsed.Host)
            ? null
            : "an address of this machine, such as http://localhost:5430/api/clerk/webhooks, unless LocalClerk:Webhooks:AllowAnyHost is true";
    }

    private static WebhookSecret? Secret(FormReader form, string text)
    {
        if (!WebhookSecret.TryParse(text, out var secret))
        {
            form.Refuse(ParameterErrors.ValueInvalid("secret", "whsec_ and a key in base64"));
        }

        return secret;
    }

    private static IReadOnlyList<string> Events(FormReader form)
    {
        var events = form.Texts("events") ?? [EventTypes.Every];
        foreach (var type in events.Where(type => type != EventTypes.Every && !EventTypes.IsKnown(type)))
        {
            form.Refuse(ParameterErrors.ValueInvalid("events", $"* or names of Clerk's events, which '{type}' is not"));
        }

        return events;
    }
}
