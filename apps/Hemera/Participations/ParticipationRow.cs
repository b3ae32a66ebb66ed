namespace Hemera.Participations;

/// <summary>A participation as the database has it, with its person where the statement joins one.</summary>
internal sealed class ParticipationRow
{
    /// <summary>The columns, for a table that the statement calls <c>p</c>.</summary>
    public const string Columns =
        "p.id AS Id, p.course_id AS CourseId, p.user_id AS UserId, p.status AS Status, p.result_outcome AS ResultOutcome, "
        + "p.result_notes AS ResultNotes, p.created_at AS CreatedAt, p.updated_at AS UpdatedAt";

    /// <summary>What may go out of a person, for a table that the statement calls <c>u</c>.</summary>
    public const string PersonColumns = "u.name AS Name, u.email AS Email";

    public required string Id { get; init; }

    public required string CourseId { get; init; }

    public required string UserId { get; init; }

    public required string Status { get; init; }

    public string? ResultOutcome { get; init; }

    public string? ResultNotes { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public Participation ToParticipation() => new(
        Id,
        CourseId,
        UserId,
        Status,
        ResultOutcome,
        ResultNotes,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt));

    public Person ToPerson() => new(UserId, Name, Email);
}
