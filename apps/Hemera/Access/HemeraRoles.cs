namespace Hemera.Access;

/// <summary>Who may do what. The reasons for instructor and participant stand in docs/adr/0002-instructor-and-participant.md.</summary>
public static class HemeraRoles
{
    public const string Admin = "admin";
    public const string Instructor = "instructor";
    public const string Participant = "participant";
    public const string ApiClient = "api-client";

    /// <summary>Each role's permissions. What is not here is not allowed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Permissions { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Admin] =
        [
            HemeraPermissions.ReadCourses,
            HemeraPermissions.ReadBookings,
            HemeraPermissions.ReadParticipations,
            HemeraPermissions.WriteParticipationResults,
            HemeraPermissions.ManageCourses,
            HemeraPermissions.ManageUsers,
        ],
        [Instructor] =
        [
            HemeraPermissions.ReadCourses,
            HemeraPermissions.ReadBookings,
            HemeraPermissions.ReadParticipations,
            HemeraPermissions.WriteParticipationResults,
        ],
        [Participant] = [HemeraPermissions.ReadCourses],
        [ApiClient] =
        [
            HemeraPermissions.ReadCourses,
            HemeraPermissions.ReadBookings,
            HemeraPermissions.ReadParticipations,
            HemeraPermissions.WriteParticipationResults,
        ],
    };
}
