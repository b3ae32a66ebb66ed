namespace Gatehouse.Local.Clerk.Faults;

/// <summary>Everything that goes wrong on purpose, and the seed of its chance.</summary>
internal sealed record FaultSettings(ApiFaults Api, WebhookFaults Webhooks, int Seed)
{
    public const int DefaultSeed = 1;

    public static FaultSettings None { get; } = new(ApiFaults.None, WebhookFaults.None, DefaultSeed);
}
