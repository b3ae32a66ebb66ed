namespace Hemera.Access;

/// <summary>What can be allowed at Hemera.</summary>
public static class HemeraPermissions
{
    public const string ReadCourses = "read:courses";
    public const string ReadBookings = "read:bookings";
    public const string ReadParticipations = "read:participations";
    public const string WriteParticipationResults = "write:participation-results";
    public const string ManageCourses = "manage:courses";
    public const string ManageUsers = "manage:users";
}
