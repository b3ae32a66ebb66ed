namespace Hemera.Participations;

public record Participation(
    string Id,
    string CourseId,
    string UserId,
    string Status,
    string? ResultOutcome,
    string? ResultNotes,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
