namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>An entrance that was added, so that one that was not can be told from it.</summary>
internal sealed record EntranceName(string Name);
