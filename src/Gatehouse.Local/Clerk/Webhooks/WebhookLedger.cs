using Gatehouse.Local.Clerk.Faults;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>
/// The messages, the endpoints, and what is still to be delivered when: decides everything and sends nothing. Not safe for several
/// threads; times are webhook time.
/// </summary>
internal sealed class WebhookLedger(int keep)
{
    /// <summary>How long a message is held back at most when no other comes to overtake it, in milliseconds of the machine.</summary>
    public const int HeldMilliseconds = 2000;

    private readonly Queue<WebhookMessage> _messages = new();
    private readonly PriorityQueue<WebhookDelivery, (long DueAt, long Order)> _later = new();
    private readonly List<WebhookDelivery> _underWay = [];
    private List<WebhookEndpoint> _endpoints = [];
    private long _order;

    public IReadOnlyList<WebhookEndpoint> Endpoints => _endpoints;

    public IEnumerable<WebhookMessage> Messages => _messages;

    /// <summary>The number of the last message.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Whether nothing is being delivered. What waits for a time may still come.</summary>
    public bool IsIdle => _underWay.Count == 0;

    /// <summary>When something is due that is not yet; null when nothing is.</summary>
    public long? NextDueAt => _later.TryPeek(out _, out var priority) ? priority.DueAt : null;

    public WebhookMessage? Find(string id) => _messages.FirstOrDefault(message => message.Id == id);

    /// <summary>Configures the endpoints. One whose address stays keeps what is on its way to it, and is enabled again.</summary>
    public void Configure(IReadOnlyList<WebhookEndpointSettings> settings)
    {
        var before = _endpoints;
        _endpoints = [.. settings.Select(configured => Configured(before, configured))];
        foreach (var gone in before.Except(_endpoints))
        {
            GiveUp(gone);
        }
    }

    /// <summary>Takes a message in and plans its deliveries.</summary>
    /// <returns>A message that made room for it while it was still to be delivered; else null.</returns>
    public WebhookMessage? Add(WebhookMessage message, Func<DeliveryFaults> draw, WebhookTime time)
    {
        LastNumber = message.Number;
        _messages.Enqueue(message);
        foreach (var endpoint in _endpoints.Where(endpoint => endpoint.Takes(message.Type)))
        {
            Plan(message, endpoint, draw(), time);
        }

        return _messages.Count > keep ? ForgetOldest() : null;
    }

    /// <summary>Plans the deliveries of a message again, as its sender's dashboard does on demand: no fault befalls them.</summary>
    public void Replay(WebhookMessage message)
    {
        foreach (var endpoint in _endpoints.Where(endpoint => endpoint.Takes(message.Type)))
        {
            message.Open++;
            endpoint.Fresh.Add(new WebhookDelivery(message, endpoint));
        }
    }

    /// <summary>What is to be attempted now.</summary>
    public IReadOnlyList<WebhookDelivery> Begin(long now)
    {
        while (_later.TryPeek(out var delivery, out var priority) && priority.DueAt <= now)
        {
            _later.Dequeue();
            if (priority.DueAt == delivery.DueAt)   // else it was overtaken and went earlier
            {
                Arrive(delivery);
            }
        }

        var begun = new List<WebhookDelivery>();
        foreach (var lane in _endpoints.SelectMany(endpoint => new[] { endpoint.Fresh, endpoint.Again }))
        {
            while (lane.Begin() is { } delivery)
            {
                begun.Add(delivery);
            }
        }

        _underWay.AddRange(begun);
        return begun;
    }

    /// <summary>Notes an attempt and plans what follows it.</summary>
    /// <returns>Whether the endpoint has now failed for so long that it is disabled.</returns>
    public bool End(WebhookDelivery delivery, WebhookAttempt attempt, long now)
    {
        var endpoint = delivery.Endpoint;
        var isFirst = delivery.Lane == endpoint.Fresh;
        delivery.Lane.End();
        _underWay.Remove(delivery);
        delivery.Attempts++;
        delivery.Message.Attempts.Add(attempt);
        if (isFirst)
        {
            Overtaken(endpoint);
            Duplicate(delivery);
        }

        endpoint.FailingSince = attempt.Succeeded ? null : endpoint.FailingSince ?? now;
        if (!endpoint.Disabled && now - endpoint.FailingSince >= RetrySchedule.DisabledAfter)
        {
            GiveUp(endpoint);
            return true;
        }

        if (!attempt.Succeeded && !endpoint.Disabled && !delivery.IsDuplicate
            && RetrySchedule.DelayAfter(delivery.Attempts) is { } delay)
        {
            Later(delivery, now + delay);
        }
        else
        {
            delivery.Message.Open--;
        }

        return false;
    }

    /// <summary>A ledger that is as this one is now and goes its own way. What is under way here is still to be attempted there.</summary>
    public WebhookLedger Copy()
    {
        var copy = new WebhookLedger(keep) { LastNumber = LastNumber };
        var messages = _messages.ToDictionary(message => message, message => message.Copy());
        var endpoints = _endpoints.ToDictionary(endpoint => endpoint, endpoint => endpoint.Copy());
        copy._endpoints = [.. endpoints.Values];
        foreach (var message in messages.Values)
        {
            copy._messages.Enqueue(message);
        }

        var open = _underWay
            .Concat(_endpoints.SelectMany(endpoint => endpoint.Again.Due.Concat(endpoint.Held).Concat(endpoint.Fresh.Due)))
            .Concat(_later.UnorderedItems.Where(IsCurrent).OrderBy(item => item.Priority).Select(item => item.Element))
            .Distinct()
            .Where(delivery => !delivery.Message.Forgotten && endpoints.ContainsKey(delivery.Endpoint));
        foreach (var delivery in open)
        {
            copy.Later(delivery.Copy(messages[delivery.Message], endpoints[delivery.Endpoint]), delivery.DueAt);
        }

        return copy;
    }

    private static WebhookEndpoint Configured(List<WebhookEndpoint> before, WebhookEndpointSettings settings)
    {
        if (before.Find(endpoint => endpoint.Url == settings.Url) is not { } known)
        {
            return new WebhookEndpoint(settings);
        }

        (known.Settings, known.Disabled, known.FailingSince) = (settings, settings.Disabled, null);
        return known;
    }

    private static bool IsCurrent((WebhookDelivery Delivery, (long DueAt, long Order) Priority) item) =>
        item.Priority.DueAt == item.Delivery.DueAt && !item.Delivery.Message.Forgotten && !item.Delivery.Endpoint.Disabled;

    private void GiveUp(WebhookEndpoint endpoint)
    {
        endpoint.Disabled = true;
        endpoint.Fresh.Clear();
        endpoint.Again.Clear();
        endpoint.Held.Clear();
        KeepCurrent();
    }

    private void Plan(WebhookMessage message, WebhookEndpoint endpoint, DeliveryFaults faults, WebhookTime time)
    {
        if (faults.Lost)
        {
            message.Lost.Add(endpoint.Url);
            return;
        }

        message.Open++;
        var delivery = new WebhookDelivery(message, endpoint) { IsToBeDuplicated = faults.Duplicated, FaultSeed = faults.Seed };
        if (faults.HeldBack)
        {
            endpoint.Held.Add(delivery);
            Later(delivery, time.Now + time.Span(faults.DelayMilliseconds + HeldMilliseconds));
        }
        else if (faults.DelayMilliseconds > 0)
        {
            Later(delivery, time.Now + time.Span(faults.DelayMilliseconds));
        }
        else
        {
            delivery.DueAt = time.Now;
            endpoint.Fresh.Add(delivery);
        }
    }

    private void Later(WebhookDelivery delivery, long dueAt)
    {
        delivery.DueAt = dueAt;
        _later.Enqueue(delivery, (dueAt, ++_order));
    }

    private static void Arrive(WebhookDelivery delivery)
    {
        if (delivery.Endpoint.Held.Contains(delivery))
        {
            Overtaken(delivery.Endpoint);   // nothing came to overtake them: they overtake each other
        }
        else
        {
            delivery.Lane.Add(delivery);
        }
    }

    // What was held back goes now, the last first. Its place among the later ones does not count any more.
    private static void Overtaken(WebhookEndpoint endpoint)
    {
        endpoint.Held.Reverse();
        foreach (var held in endpoint.Held)
        {
            held.DueAt = 0;
            endpoint.Fresh.Add(held);
        }

        endpoint.Held.Clear();
    }

    private static void Duplicate(WebhookDelivery delivery)
    {
        if (delivery.IsToBeDuplicated)
        {
            delivery.IsToBeDuplicated = false;
            delivery.Message.Open++;
            delivery.Endpoint.Again.Add(new WebhookDelivery(delivery.Message, delivery.Endpoint)
            {
                IsDuplicate = true,
                FaultSeed = delivery.FaultSeed + 1,
            });
        }
    }

    private WebhookMessage? ForgetOldest()
    {
        var oldest = _messages.Dequeue();
        oldest.Forgotten = true;
        if (_later.Count > 4 * keep)
        {
            KeepCurrent();
        }

        return oldest.Open > 0 && _endpoints.Exists(endpoint => endpoint.Takes(oldest.Type)) ? oldest : null;
    }

    private void KeepCurrent()
    {
        var current = _later.UnorderedItems.Where(IsCurrent).ToList();
        _later.Clear();
        _later.EnqueueRange(current);
    }
}
