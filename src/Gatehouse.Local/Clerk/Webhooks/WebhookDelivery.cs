namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>A message on its way to one endpoint.</summary>
internal sealed class WebhookDelivery(WebhookMessage message, WebhookEndpoint endpoint)
{
    public WebhookMessage Message { get; } = message;

    public WebhookEndpoint Endpoint { get; } = endpoint;

    /// <summary>How many attempts have been made.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next attempt is due, in webhook time.</summary>
    public long DueAt { get; set; }

    /// <summary>Whether it is a second delivery on purpose. It is not tried again.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Whether a second delivery is to follow the first attempt.</summary>
    public bool IsToBeDuplicated { get; set; }

    /// <summary>What the faults of its attempts are drawn from.</summary>
    public int FaultSeed { get; init; }

    public DeliveryLane Lane => Attempts == 0 && !IsDuplicate ? Endpoint.Fresh : Endpoint.Again;

    public WebhookDelivery Copy(WebhookMessage message, WebhookEndpoint endpoint) => new(message, endpoint)
    {
        Attempts = Attempts,
        DueAt = DueAt,
        IsDuplicate = IsDuplicate,
        IsToBeDuplicated = IsToBeDuplicated,
        FaultSeed = FaultSeed,
    };
}
