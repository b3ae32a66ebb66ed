namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>One event as it is delivered: under one id, however often and wherever to.</summary>
internal sealed class WebhookMessage
{
    public required long Number { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What was tried, in the order in which it ended.</summary>
    public List<WebhookAttempt> Attempts { get; init; } = [];

    /// <summary>The endpoints that it was lost on the way to, on purpose.</summary>
    public List<string> Lost { get; init; } = [];

    /// <summary>How many deliveries have not come to their end.</summary>
    public int Open { get; set; }

    /// <summary>Whether it had to make room for newer ones. Nothing more is delivered of it.</summary>
    public bool Forgotten { get; set; }

    public WebhookMessage Copy() => new()
    {
        Number = Number,
        Id = Id,
        Type = Type,
        Payload = Payload,
        Attempts = [.. Attempts],
        Lost = [.. Lost],
        Open = Open,
    };
}
