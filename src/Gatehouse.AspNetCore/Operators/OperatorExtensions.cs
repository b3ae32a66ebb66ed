using Gatehouse.AspNetCore.Operators;
using Gatehouse.AspNetCore.Operators.Internal;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Demands of operators on endpoints.</summary>
public static class OperatorExtensions
{
    /// <summary>Lets in only operators who may do this.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="permission">One of <see cref="OperatorPermissions"/>.</param>
    /// <param name="recently">
    /// Whether only within <see cref="OperatorOptions.RecentVerification"/> of having signed in. Default no; refused with 403
    /// <c>reverification_required</c>.
    /// </param>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder, string permission, bool recently = false)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(permission);
        var policy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new OperatorRequirement(permission, recently))
            .Build();
        return builder.RequireAuthorization(policy);
    }
}
