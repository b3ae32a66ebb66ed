namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>Deliveries to one endpoint that are due, of which so many are under way at once.</summary>
internal sealed class DeliveryLane(int most)
{
    private readonly Queue<WebhookDelivery> _due = new();

    public IEnumerable<WebhookDelivery> Due => _due;

    public int UnderWay { get; private set; }

    public void Add(WebhookDelivery delivery) => _due.Enqueue(delivery);

    /// <summary>The next that may begin now; null while none may.</summary>
    public WebhookDelivery? Begin()
    {
        while (UnderWay < most && _due.TryDequeue(out var next))
        {
            if (!next.Message.Forgotten)
            {
                UnderWay++;
                return next;
            }
        }

        return null;
    }

    public void End() => UnderWay--;

    public void Clear() => _due.Clear();
}
