using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>All permissions that some role or scope of this app grants.</summary>
internal sealed class GrantedPermissions(IOptions<AccessOptions> access, IOptions<ScopeOptions> scopes)
{
    private readonly HashSet<string> _granted =
        [.. access.Value.Roles.Values.Concat(scopes.Value.Permissions.Values).SelectMany(permissions => permissions)];

    public bool Contains(string permission) => _granted.Contains(permission);
}
