using System.Text.Json.Serialization;
using Hemera.Courses;

namespace Hemera.Participations;

/// <summary>A participation with its course and its person.</summary>
public sealed record ParticipationDetail : Participation
{
    public ParticipationDetail(Participation participation, Course course, Person user)
        : base(participation) => (Course, User) = (course, user);

    [JsonPropertyOrder(1)]
    public Course Course { get; }

    [JsonPropertyOrder(2)]
    public Person User { get; }
}
