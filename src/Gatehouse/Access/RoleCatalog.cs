using System.Collections.Frozen;

namespace Gatehouse.Access;

/// <summary>Which permissions each role has. What is not written here is denied: an unknown role, no role, an unknown permission.</summary>
/// <remarks>Immutable. Names are compared to the letter: <c>Admin</c> is not <c>admin</c>.</remarks>
public sealed class RoleCatalog
{
    private readonly FrozenDictionary<string, FrozenSet<string>> _roles;

    /// <summary>A catalog of these roles.</summary>
    /// <exception cref="ArgumentException">A role comes twice, or a name is empty.</exception>
    public RoleCatalog(IEnumerable<KeyValuePair<string, IEnumerable<string>>> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        _roles = roles
            .ToDictionary(role => Named(role.Key), role => role.Value.Select(Named).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A catalog in which nobody may do anything.</summary>
    public static RoleCatalog Empty { get; } = new([]);

    /// <summary>The names of all roles.</summary>
    public IReadOnlyCollection<string> Roles => _roles.Keys;

    /// <summary>Whether a role has a permission. An unknown role has none, and so has the absence of one.</summary>
    public bool HasPermission(string? role, string permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return role is not null && _roles.TryGetValue(role, out var permissions) && permissions.Contains(permission);
    }

    /// <summary>All that a role may do; empty for an unknown one.</summary>
    public IReadOnlySet<string> PermissionsOf(string? role) =>
        role is not null && _roles.TryGetValue(role, out var permissions) ? permissions : FrozenSet<string>.Empty;

    private static string Named(string name) =>
        string.IsNullOrWhiteSpace(name) ? throw new ArgumentException("a role or permission without a name", nameof(name)) : name;
}
