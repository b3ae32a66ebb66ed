using Gatehouse.Local.Clerk.Roles;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>A role within organizations, and the keys of the permissions that it gives. Times are unix milliseconds.</summary>
/// <remarks>Changing a role makes a new record, which <see cref="Roles.RoleStore"/> puts in the place of the old one.</remarks>
internal sealed record OrganizationRole(string Key, string Name, IReadOnlyList<string> Permissions) : IKeyed
{
    public const string Prefix = "org:";

    private const long BuiltInSince = 1_767_225_600_000;   // 2026-01-01T00:00:00Z

    public static OrganizationRole Admin { get; } = new(
        "org:admin",
        "Admin",
        [
            "org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage",
            "org:sys_domains:read", "org:sys_domains:manage",
        ])
    {
        Id = "role_2LocalAdmin0000000000000001",
        Description = "May do everything in the organization",
    };

    public static OrganizationRole Member { get; } = new("org:member", "Member", ["org:sys_memberships:read"])
    {
        Id = "role_2LocalMember000000000000001",
        Description = "May see who belongs to the organization",
    };

    public string Id { get; init; } = "";

    public string? Description { get; init; }

    public long CreatedAt { get; init; } = BuiltInSince;

    public long UpdatedAt { get; init; } = BuiltInSince;

    /// <summary>The key as tokens tell it.</summary>
    public string ShortKey => Key[Prefix.Length..];
}
