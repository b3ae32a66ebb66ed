using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Authorization;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Who may do what.</summary>
public static class RoleExtensions
{
    /// <summary>Gives a role its permissions, beside those of the configuration's section <c>Gatehouse:Roles</c>.</summary>
    public static GatehouseBuilder AddRole(this GatehouseBuilder builder, string role, params IEnumerable<string> permissions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        ArgumentNullException.ThrowIfNull(permissions);
        builder.Services.Configure<AccessOptions>(options => options.Roles[role] = [.. permissions]);
        return builder;
    }
}
