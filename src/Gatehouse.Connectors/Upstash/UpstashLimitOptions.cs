namespace Gatehouse.Connectors.Upstash;

/// <summary>
/// Where limits are counted, and under which keys. The credentials are the variables that Upstash's own clients read; the rest is
/// configured as <c>Gatehouse:Upstash:…</c>.
/// </summary>
public sealed class UpstashLimitOptions
{
    /// <summary>The database's REST address (<c>UPSTASH_REDIS_REST_URL</c>, else <c>KV_REST_API_URL</c>).</summary>
    /// <value>HTTPS, or HTTP on loopback.</value>
    public string? Url { get; set; }

    /// <summary>Its token (<c>UPSTASH_REDIS_REST_TOKEN</c>, else <c>KV_REST_API_TOKEN</c>). The read-only one cannot count.</summary>
    public string? Token { get; set; }

    /// <summary>What every key begins with: the <c>prefix</c> of <c>@upstash/ratelimit</c>.</summary>
    /// <value>Default <c>@upstash/ratelimit</c>, as there.</value>
    /// <remarks>
    /// A key is <c>prefix:identifier</c>, and says neither which policy it is of nor how it counts. Two policies that may meet in one
    /// identifier need prefixes of their own (<see cref="Prefixes"/>), as two limiters of <c>@upstash/ratelimit</c> do.
    /// </remarks>
    public string Prefix { get; set; } = UpstashLimitDefaults.Prefix;

    /// <summary>Other prefixes, by the names of their policies.</summary>
    public IDictionary<string, string> Prefixes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the number at <c>prefix:dynamic:global</c>, where there is one, counts instead of a policy's own limit.</summary>
    /// <value>Default false. The same as <c>dynamicLimits</c> of the other services that share the counters.</value>
    public bool DynamicLimits { get; set; }

    /// <summary>Whether each decision is counted for Upstash's analytics, as <c>analytics</c> of <c>@upstash/ratelimit</c> does.</summary>
    /// <value>Default false. What is counted is sent each second, not with the decision; it is kept at Upstash until somebody deletes it.</value>
    public bool Analytics { get; set; }

    /// <summary>The longest that a decision may take. Then the store counts as away, though the call may have been counted.</summary>
    /// <value>Default 1 second; 50 milliseconds to 5 seconds. Shorter turns a slow answer into an outage, longer makes callers wait for one.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    internal string PrefixOf(string policy) => Prefixes.TryGetValue(policy, out var own) ? own : Prefix;
}
