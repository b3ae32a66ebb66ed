namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What the local Clerk takes from configuration about webhooks.</summary>
/// <param name="Endpoints">The endpoints that it starts with.</param>
/// <param name="AllowAnyHost">Whether endpoints may be off this machine.</param>
/// <param name="Keep">How many messages are kept, delivered or not; the oldest make room.</param>
/// <param name="TimeFactor">How many times faster than the clock webhook time passes.</param>
internal sealed record WebhookSettings(
    IReadOnlyList<WebhookEndpointSettings> Endpoints,
    bool AllowAnyHost = false,
    int Keep = WebhookSettings.DefaultKeep,
    double TimeFactor = 1)
{
    public const int DefaultKeep = 10_000;
    public const int MostKept = 1_000_000;
}
