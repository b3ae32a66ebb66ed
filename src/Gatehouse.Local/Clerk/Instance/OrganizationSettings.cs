using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Instance;

/// <summary>The instance's settings about organizations. Roles are named by their keys.</summary>
internal sealed class OrganizationSettings
{
    public bool Enabled { get; set; } = true;

    /// <summary>Of an organization that does not say otherwise; 0 for any number.</summary>
    public int MaximumMemberships { get; set; } = Organization.DefaultMaximumMemberships;

    public int MaximumRoles { get; } = 10;

    public int MaximumPermissions { get; } = 50;

    public int MaximumDomains { get; } = 10;

    /// <summary>The role that the creator of an organization gets.</summary>
    public string CreatorRole { get; set; } = OrganizationRole.Admin.Key;

    public bool AdminDeleteEnabled { get; set; } = true;

    public bool DomainsEnabled { get; set; }

    public bool SlugDisabled { get; set; }

    public IReadOnlyList<string> DomainsEnrollmentModes { get; set; } = [];

    public string DomainsDefaultRole { get; set; } = OrganizationRole.Member.Key;
}
