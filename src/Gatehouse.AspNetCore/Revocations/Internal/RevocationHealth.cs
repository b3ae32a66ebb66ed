using Gatehouse.Tokens;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>A process that has not heard of revocations for a minute is not ready: it refuses good tokens.</summary>
internal sealed class RevocationHealth(RevocationList list) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(list.IsStale
            ? new HealthCheckResult(context.Registration.FailureStatus, "revocations-stale")
            : HealthCheckResult.Healthy());
}
