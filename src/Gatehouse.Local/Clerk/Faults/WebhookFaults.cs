namespace Gatehouse.Local.Clerk.Faults;

/// <summary>How often webhooks go wrong on purpose: rates from 0 to 1, and a delay before every first attempt.</summary>
internal sealed record WebhookFaults
{
    public const int MaximumDelayMilliseconds = 3_600_000;

    public static WebhookFaults None { get; } = new();

    /// <summary>Never sent to an endpoint.</summary>
    public double Loss { get; init; }

    /// <summary>Sent once more after the first attempt, under the same id.</summary>
    public double Duplicate { get; init; }

    /// <summary>Held back until a later message has been sent.</summary>
    public double Reorder { get; init; }

    /// <summary>Signed with a secret that nobody has: drawn anew for each attempt.</summary>
    public double WrongSignature { get; init; }

    public int DelayMilliseconds { get; init; }
}
