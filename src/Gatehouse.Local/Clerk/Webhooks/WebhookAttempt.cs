namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>One try to deliver a message.</summary>
/// <param name="Url">Where to.</param>
/// <param name="At">When it began, by the instance's clock.</param>
/// <param name="Status">What was answered; null when nothing was.</param>
/// <param name="Error">Why nothing was answered: <c>timeout</c>, <c>unreachable</c> or <c>not-loopback</c>.</param>
/// <param name="Fault">What went wrong on purpose: <c>wrong_signature</c>, <c>duplicate</c>.</param>
internal sealed record WebhookAttempt(string Url, long At, int? Status, string? Error, string? Fault)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
