namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Names the entrance of an endpoint; without it, it is the main one.</summary>
internal sealed record EntranceMetadata(string Name);
