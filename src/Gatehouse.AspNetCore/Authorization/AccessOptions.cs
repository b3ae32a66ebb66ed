namespace Gatehouse.AspNetCore.Authorization;

/// <summary>Who may do what in this app. Bound from the section <c>Gatehouse</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>The permissions of each role. A role that is not here may do nothing.</summary>
    public IDictionary<string, IList<string>> Roles { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>What each machine is at this app, by its id: a machine token's own words about it are never believed.</summary>
    public IDictionary<string, MachineAccess> Machines { get; } = new Dictionary<string, MachineAccess>(StringComparer.Ordinal);

    /// <summary>Whether a lacking permission is only counted and logged (<c>gatehouse.report_only</c>), and the call let through.</summary>
    /// <value>Default no. For the first days of a new permission on endpoints that were open before.</value>
    public bool ReportOnlyPermissions { get; set; }

    /// <summary>How long a role that was looked up at Clerk is believed without asking again.</summary>
    /// <value>Default 5 minutes; 1 second to 1 hour. Longer delays the effect of a change; shorter costs calls to Clerk.</value>
    public TimeSpan RoleCacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the last known role serves on while Clerk cannot be asked.</summary>
    /// <value>Default 1 hour; 0 to 24 hours. 0 answers 503 as soon as the cached role has run out.</value>
    public TimeSpan RoleOutageTolerance { get; set; } = TimeSpan.FromHours(1);
}
