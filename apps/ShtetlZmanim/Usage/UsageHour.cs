namespace ShtetlZmanim.Usage;

/// <summary>One hour of a caller's.</summary>
/// <param name="Hour">Its beginning, UTC.</param>
/// <param name="Requests">All calls.</param>
/// <param name="Refused">Those that the limit refused.</param>
internal sealed record UsageHour(DateTimeOffset Hour, long Requests, long Refused);
