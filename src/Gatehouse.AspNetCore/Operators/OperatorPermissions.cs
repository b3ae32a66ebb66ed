namespace Gatehouse.AspNetCore.Operators;

/// <summary>What operators may be allowed to do.</summary>
public static class OperatorPermissions
{
    /// <summary>See the dashboard.</summary>
    public const string ReadDashboard = "gatehouse:dashboard:read";

    /// <summary>Sync, retry, ignore, replay and repair.</summary>
    public const string WriteSync = "gatehouse:sync:write";

    /// <summary>Export all that is held about a person.</summary>
    public const string ExportPeople = "gatehouse:people:export";

    /// <summary>Erase all that is held about a person.</summary>
    public const string ErasePeople = "gatehouse:people:erase";

    /// <summary>Revoke tokens, and take revocations back.</summary>
    public const string RevokeTokens = "gatehouse:tokens:revoke";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ReadDashboard, WriteSync, ExportPeople, ErasePeople, RevokeTokens];
}
