namespace Gatehouse.AspNetCore.Authorization;

/// <summary>Says what an endpoint demands, for documents and tools. The demand itself stands before the endpoint's handler.</summary>
/// <param name="Permission">The permission's name; null for whoever is known.</param>
public sealed record PermissionMetadata(string? Permission);
