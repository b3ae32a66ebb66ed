namespace Aither.Upstream;

/// <summary>A course with its participations.</summary>
public sealed record HemeraCourse(
    string Id,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<HemeraParticipation> Participations);
