namespace Aither.Upstream;

/// <summary>A course as Hemera lists it; what Aither does not use is left out.</summary>
public sealed record HemeraCourseSummary(string Id, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt);
