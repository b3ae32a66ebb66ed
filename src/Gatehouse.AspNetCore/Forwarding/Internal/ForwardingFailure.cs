namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>How a forwarded request ended, and so who caused it.</summary>
internal enum ForwardingFailure
{
    /// <summary>Nobody failed: the upstream's answer went through whole, whatever its status.</summary>
    None = 0,

    /// <summary>The caller: a path that can be read in two ways.</summary>
    Path,

    /// <summary>The caller: a header twice that means something only once.</summary>
    Header,

    /// <summary>The caller: a method that is no question to a service (<c>TRACE</c>, <c>CONNECT</c>).</summary>
    Method,

    /// <summary>The caller: a body that is too large, malformed or too slow.</summary>
    RequestBody,

    /// <summary>The caller went away.</summary>
    CallerGone,

    /// <summary>We: no token can be had to forward with.</summary>
    Token,

    /// <summary>The upstream: no connection came about.</summary>
    Connect,

    /// <summary>The upstream: its answer did not begin in time.</summary>
    Timeout,

    /// <summary>The upstream: it closed the connection, or answered what is no HTTP.</summary>
    NoAnswer,

    /// <summary>The upstream: its answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The upstream: its answer ended in the middle.</summary>
    Cut,

    /// <summary>The upstream: its answer stood still in the middle.</summary>
    Idle,

    /// <summary>A fault of ours that nobody foresaw.</summary>
    Fault,
}
