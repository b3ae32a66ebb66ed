namespace Gatehouse.AspNetCore.Revocations;

/// <summary>Marks an endpoint whose answers go on for long, so that they end when their token is revoked. Event streams and WebSockets are known without it.</summary>
public sealed class StreamMetadata;
