using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.Authorization.Internal;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Demands on endpoints.</summary>
public static class PermissionExtensions
{
    /// <summary>
    /// Demands a permission on an endpoint, or on every endpoint of a group. Several demands must all be met. The demand sits on the endpoint:
    /// no other spelling of its path leads around it, and it holds even where <c>UseGatehouse</c> was forgotten.
    /// </summary>
    /// <remarks>
    /// A permission that no role and no scope grants is told of at the start (<c>Warning</c>), and refuses everybody.
    /// On controllers and pages: <see cref="RequirePermissionAttribute"/>.
    /// </remarks>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        return Demand(builder, permission);
    }

    /// <summary>Demands that the caller is known, whatever it may do.</summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Demand(builder, permission: null);
    }

    /// <summary>
    /// Demands a permission of API keys and OAuth tokens, by their scopes (<see cref="ScopeOptions"/>), and none of people. For endpoints at
    /// which everybody reaches what is their own, and a key no more of it than it was made for. Machines are refused.
    /// </summary>
    public static TBuilder RequireScopePermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        builder.WithMetadata(new PermissionMetadata(permission));
        builder.Finally(endpoint => PermissionGate.GuardScopes(endpoint, permission));
        return builder;
    }

    /// <summary>
    /// Demands a permission of API keys and OAuth tokens, by their scopes (<see cref="ScopeOptions"/>), and none of people and machines. For
    /// endpoints of an entrance that takes machines: which of them may come is said at Clerk, where they are scoped to this one.
    /// </summary>
    public static TBuilder RequireKeyPermission<TBuilder>(this TBuilder builder, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        builder.WithMetadata(new PermissionMetadata(permission));
        builder.Finally(endpoint => PermissionGate.GuardKeys(endpoint, permission));
        return builder;
    }

    private static TBuilder Demand<TBuilder>(TBuilder builder, string? permission)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new PermissionMetadata(permission));
        builder.Finally(endpoint => PermissionGate.Guard(endpoint, permission));
        return builder;
    }
}
