namespace Gatehouse.Connectors.Upstash;

/// <summary>Why Upstash did not answer a command.</summary>
public enum UpstashFailure
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>It could not be reached, or the connection ended.</summary>
    Unreachable,

    /// <summary>It did not answer within <see cref="UpstashLimitOptions.Timeout"/>. The command may have been run.</summary>
    TimedOut,

    /// <summary>It has had too many requests (429).</summary>
    Exhausted,

    /// <summary>It failed itself (5xx).</summary>
    Failed,

    /// <summary>It refused the token (401), or what the token may do.</summary>
    Unauthorized,

    /// <summary>It refused the command, for what stands at the key: something else writes there, or another algorithm.</summary>
    Refused,

    /// <summary>What came is no answer of Upstash.</summary>
    Unreadable,
}
