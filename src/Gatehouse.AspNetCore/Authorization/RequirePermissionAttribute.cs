using Gatehouse.AspNetCore.Authorization.Internal;
using Microsoft.AspNetCore.Authorization;

namespace Gatehouse.AspNetCore.Authorization;

/// <summary>Demands a permission of the caller's application role. Several demands must all be met.</summary>
/// <param name="permission">The permission's name, as the roles' configuration has it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirePermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>The permission's name.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}
