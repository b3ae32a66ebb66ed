using Gatehouse.Webhooks;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>How an endpoint is configured.</summary>
internal sealed record WebhookEndpointSettings
{
    public required string Url { get; init; }

    /// <summary>The texts of the secrets that sign, newest first; more than one while a secret is being rotated.</summary>
    public required IReadOnlyList<string> SecretTexts { get; init; }

    public IReadOnlyList<string> Events { get; init; } = [EventTypes.Every];

    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>Whether nothing is to be sent to it.</summary>
    public bool Disabled { get; init; }
}
