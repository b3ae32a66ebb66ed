namespace Gatehouse.Testbed;

/// <summary>Values that do not matter to a test, each different from all before.</summary>
public static class Some
{
    private static long _last;

    public static string UserId() => Id("user_");

    public static string SessionId() => Id("sess_");

    public static string MachineId() => Id("mch_");

    public static string OrganizationId() => Id("org_");

    /// <summary>An id as Clerk makes them: a prefix and 27 characters.</summary>
    public static string Id(string prefix) => $"{prefix}2Some{Interlocked.Increment(ref _last):0000000000000000000000}";

    public static string Email() => $"some-{Interlocked.Increment(ref _last)}@example.com";
}
