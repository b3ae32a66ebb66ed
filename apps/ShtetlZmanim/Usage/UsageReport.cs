namespace ShtetlZmanim.Usage;

/// <summary>What a caller has used. The call that asks is not in it yet.</summary>
/// <param name="ClientId">Who asks: a machine's id, or the subject of an API key.</param>
/// <param name="From">Since when, UTC.</param>
/// <param name="Requests">All calls since then.</param>
/// <param name="Refused">Those that the limit refused.</param>
/// <param name="Hours">The hours with calls, the latest first.</param>
internal sealed record UsageReport(string ClientId, DateTimeOffset From, long Requests, long Refused, IReadOnlyList<UsageHour> Hours);
