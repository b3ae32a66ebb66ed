using System.Text.Json.Serialization;
using Hemera.Participations;

namespace Hemera.Courses;

/// <summary>A participation as its course shows it.</summary>
public sealed record CourseParticipation : Participation
{
    public CourseParticipation(Participation participation, Person user)
        : base(participation) => User = user;

    [JsonPropertyOrder(1)]
    public Person User { get; }
}
