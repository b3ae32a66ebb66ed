using Gatehouse.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Demands on endpoints.</summary>
public static class PermissionExtensions
{
    /// <summary>
    /// Demands a permission on an endpoint, or on every endpoint of a group. The demand sits on the endpoint: no other spelling of its path
    /// leads around it.
    /// </summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return builder.RequireAuthorization(new RequirePermissionAttribute(permission));
    }
}
