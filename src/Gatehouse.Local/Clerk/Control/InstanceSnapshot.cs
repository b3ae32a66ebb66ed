using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Everything as it was at one moment.</summary>
internal sealed record InstanceSnapshot(
    string Id,
    byte[] Data,
    long ClockOffsetSeconds,
    int SessionTokenSeconds,
    FaultSettings Faults,
    LimitSettings Limits,
    WebhookSnapshot Webhooks);
