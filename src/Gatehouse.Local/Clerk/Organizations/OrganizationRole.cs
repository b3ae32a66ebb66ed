namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>A role within organizations, and the permissions that it gives.</summary>
internal sealed record OrganizationRole(string Key, string Name, IReadOnlyList<string> Permissions)
{
    public const string Prefix = "org:";

    public static OrganizationRole Admin { get; } = new(
        "org:admin",
        "Admin",
        [
            "org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage",
            "org:sys_domains:read", "org:sys_domains:manage",
        ]);

    public static OrganizationRole Member { get; } = new("org:member", "Member", ["org:sys_memberships:read"]);

    /// <summary>The key as tokens tell it.</summary>
    public string ShortKey => Key[Prefix.Length..];
}
