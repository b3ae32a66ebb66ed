using Gatehouse.AspNetCore.Failures.Internal;

namespace Microsoft.AspNetCore.Builder;

/// <summary>What an endpoint answers when it fails.</summary>
public static class FailureExtensions
{
    /// <summary>
    /// Answers what an endpoint throws: 503 with <c>Retry-After</c> while its store cannot serve, 500 for a fault of ours, and for a
    /// request that is put wrongly its own status. The log names the operation and the cause; the caller sees neither.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="operation">What could not be done, as the log says it after "Failed to": "list articles".</param>
    /// <remarks>Needs <c>AddGatehouse</c> or <c>AddGatehouseProblems</c>. An answer that has begun when the failure comes is cut off.</remarks>
    public static TBuilder FailsTo<TBuilder>(this TBuilder builder, string operation)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(operation);
        builder.Finally(endpoint => FailureGate.Guard(endpoint, operation));
        return builder;
    }
}
