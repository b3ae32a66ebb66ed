namespace Gatehouse.AspNetCore.Operators;

/// <summary>Who operates this app. From the section <c>Gatehouse:Operators</c>.</summary>
/// <remarks>
/// Whoever has the application role <see cref="AdminRole"/> may do everything. Beside that counts the role in one named organization, and
/// never the role in whichever happens to be active: anybody may create an organization and is its administrator.
/// </remarks>
public sealed class OperatorOptions
{
    /// <summary>The application role that may do everything.</summary>
    /// <value>Default <c>admin</c>.</value>
    public string AdminRole { get; set; } = "admin";

    /// <summary>The id of the operator organization (<c>org_…</c>); null for none.</summary>
    public string? Organization { get; set; }

    /// <summary>What each role, or permission, of that organization may do here.</summary>
    /// <value>Empty counts as: <c>org:admin</c> may do everything.</value>
    public IDictionary<string, IList<string>> Grants { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>How recently somebody must have signed in to revoke, export or erase.</summary>
    /// <value>Default 10 minutes; 1 minute to 1 day.</value>
    public TimeSpan RecentVerification { get; set; } = TimeSpan.FromMinutes(10);
}
