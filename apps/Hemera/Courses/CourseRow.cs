namespace Hemera.Courses;

/// <summary>A course as the database has it.</summary>
internal sealed class CourseRow
{
    /// <summary>The columns, for a table that the statement calls <c>c</c>.</summary>
    public const string Columns =
        "c.id AS Id, c.title AS Title, c.description AS Description, c.location AS Location, c.starts_at AS StartsAt, "
        + "c.ends_at AS EndsAt, c.capacity AS Capacity, c.created_at AS CreatedAt, c.updated_at AS UpdatedAt";

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Location { get; init; }

    public required long StartsAt { get; init; }

    public required long EndsAt { get; init; }

    public required long Capacity { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public long Participations { get; init; }

    public Course ToCourse() => new(
        Id,
        Title,
        Description,
        Location,
        DateTimeOffset.FromUnixTimeMilliseconds(StartsAt),
        DateTimeOffset.FromUnixTimeMilliseconds(EndsAt),
        Capacity,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt));
}
