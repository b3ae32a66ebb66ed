using System.Text.Json.Serialization;

namespace Hemera.Courses;

/// <summary>A course and how many take part in it.</summary>
public sealed record CourseSummary : Course
{
    public CourseSummary(Course course, long participations)
        : base(course) => Counts = new CourseCounts(participations);

    [JsonPropertyName("_count")]
    [JsonPropertyOrder(1)]
    public CourseCounts Counts { get; }
}
