namespace Gatehouse.AspNetCore.Health.Internal;

/// <summary>What the health endpoints answer.</summary>
internal sealed record HealthWire(string Status, IReadOnlyList<string>? Reasons = null);
