namespace Gatehouse.Local.Clerk.Roles;

/// <summary>The permissions that every instance has, and those that some member of each organization must hold.</summary>
internal static class SystemPermissions
{
    public const string ReadMemberships = "org:sys_memberships:read";
    public const string ManageMemberships = "org:sys_memberships:manage";

    public const string ManageProfile = "org:sys_profile:manage";
    public const string DeleteProfile = "org:sys_profile:delete";

    private const long Since = 1_767_225_600_000;   // 2026-01-01T00:00:00Z
    private const int IdLength = 27;

    public static IReadOnlyList<Permission> All { get; } =
    [
        Of(ManageProfile, "Manage organization", "ManageProfile"),
        Of(DeleteProfile, "Delete organization", "DeleteProfile"),
        Of(ReadMemberships, "Read members", "ReadMembers"),
        Of(ManageMemberships, "Manage members", "ManageMembers"),
        Of("org:sys_domains:read", "Read domains", "ReadDomains"),
        Of("org:sys_domains:manage", "Manage domains", "ManageDomains"),
    ];

    /// <summary>Without a member who has them all, nobody could govern an organization any more.</summary>
    public static IReadOnlyList<string> Minimum { get; } = [ReadMemberships, ManageMemberships, DeleteProfile];

    public static bool AreMinimal(IEnumerable<string> permissions) => Minimum.All(permissions.ToHashSet(StringComparer.Ordinal).Contains);

    private static Permission Of(string key, string name, string id) => new($"perm_{$"2Local{id}".PadRight(IdLength - 1, '0')}1", key, name)
    {
        Description = name,
        CreatedAt = Since,
        UpdatedAt = Since,
    };
}
