using Gatehouse.Limits;
using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>
/// Limits counted at Upstash, in one round trip each, on the counters that <c>@upstash/ratelimit</c> counts on: a service in TypeScript and
/// one in .NET share one limit.
/// </summary>
/// <remarks>
/// The time is this machine's, as there: windows and refills are exact between machines up to the difference of their clocks. A decision is
/// one script at the database, so racing callers never have more than the limit.
/// </remarks>
internal sealed class UpstashLimitStore(UpstashClient client, IOptions<UpstashLimitOptions> options, UsageRecorder usage, TimeProvider time) : ILimitStore
{
    public async ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, LimitPolicy.MaximumLimit);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var call = LimitCall.Of(policy, options.Value, key, cost, now);
        var decision = call.Read(await client.RunAsync(call, cancellationToken).ConfigureAwait(false));
        usage.Note(policy, key, decision.Allowed, now);
        return decision;
    }
}
