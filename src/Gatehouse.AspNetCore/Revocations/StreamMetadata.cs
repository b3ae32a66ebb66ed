namespace Gatehouse.AspNetCore.Revocations;

/// <summary>
/// Marks an endpoint whose answers go on for long, so that they end when their token is revoked or expires. Event streams, WebSockets and
/// SignalR's hubs are known without it.
/// </summary>
public sealed class StreamMetadata
{
    /// <summary>Whether what was opened with a token that was good then goes on after it has expired. A revocation still ends it.</summary>
    /// <value>
    /// Default no: an expired token is the only sign of a session that has ended where nobody tells of it, and clients that open streams
    /// can open them again. Clerk's session tokens live a minute.
    /// </value>
    public bool OutlivesToken { get; init; }
}
