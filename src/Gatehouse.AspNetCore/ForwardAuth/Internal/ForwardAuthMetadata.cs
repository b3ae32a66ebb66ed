namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>Marks the endpoint whose requests stand for others: its own way in decides, and not that of this app's pages.</summary>
internal sealed record ForwardAuthMetadata;
