namespace Hemera.Courses;

public record Course(
    string Id,
    string Title,
    string Description,
    string Location,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    long Capacity,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
