using Gatehouse.Webhooks;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>Where messages are delivered to, and how that has been going.</summary>
internal sealed class WebhookEndpoint(WebhookEndpointSettings settings)
{
    private const int MostRetriesAtOnce = 8;

    public WebhookEndpointSettings Settings { get; set; } = settings;

    public string Url => Settings.Url;

    /// <summary>Whether it failed for so long that nothing is sent to it any more, until it is configured again.</summary>
    public bool Disabled { get; set; } = settings.Disabled;

    /// <summary>When it began to fail, in webhook time; null since its last success.</summary>
    public long? FailingSince { get; set; }

    /// <summary>First attempts: one after the other, so that messages arrive in order unless told otherwise.</summary>
    public DeliveryLane Fresh { get; } = new(most: 1);

    /// <summary>Retries and duplicates, which hold no new message up.</summary>
    public DeliveryLane Again { get; } = new(MostRetriesAtOnce);

    /// <summary>What is held back on purpose, until another message has overtaken it.</summary>
    public List<WebhookDelivery> Held { get; } = [];

    public IReadOnlyList<WebhookSecret> Secrets => Settings.Secrets;

    public bool Takes(string type) => !Disabled && (Settings.Events.Contains(EventTypes.Every) || Settings.Events.Contains(type));

    public WebhookEndpoint Copy() => new(Settings) { Disabled = Disabled, FailingSince = FailingSince };
}
