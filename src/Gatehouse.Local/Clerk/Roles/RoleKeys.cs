using System.Text.RegularExpressions;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>How keys of roles and permissions are formed.</summary>
internal static partial class RoleKeys
{
    private const int TimeoutMilliseconds = 1000;

    public static bool IsRole(string key) => RolePattern.IsMatch(key);

    public static bool IsPermission(string key) =>
        PermissionPattern.IsMatch(key) && !key.StartsWith(Permission.SystemPrefix, StringComparison.Ordinal);

    [GeneratedRegex(@"\Aorg:[a-z0-9_]+\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex RolePattern { get; }

    [GeneratedRegex(@"\Aorg:[a-z0-9_]+:[a-z0-9_]+\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex PermissionPattern { get; }
}
