using Gatehouse.AspNetCore.Authentication.Internal;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Which entrance leads to an endpoint.</summary>
public static class EntranceExtensions
{
    /// <summary>Lets callers in by this entrance, and by no other.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="name">An entrance that was added with <c>AddEntrance</c>; an unknown one stops the start.</param>
    public static TBuilder RequireEntrance<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.WithMetadata(new EntranceMetadata(name));
        return builder.RequireCaller();
    }
}
