namespace Hemera.Courses;

public sealed record CourseCounts(long Participations);
