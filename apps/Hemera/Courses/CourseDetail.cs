using System.Text.Json.Serialization;

namespace Hemera.Courses;

/// <summary>A course and everybody in it.</summary>
public sealed record CourseDetail : Course
{
    public CourseDetail(Course course, IReadOnlyList<CourseParticipation> participations)
        : base(course) => Participations = participations;

    [JsonPropertyOrder(1)]
    public IReadOnlyList<CourseParticipation> Participations { get; }
}
