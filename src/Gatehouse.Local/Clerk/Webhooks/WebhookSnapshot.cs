namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>The state of delivery at one moment. The ledger is its own: restoring takes a copy.</summary>
internal sealed record WebhookSnapshot(WebhookLedger Ledger, long Time, double TimeFactor);
