namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>A signing key as it is stored. The published one has no PEM: it is in this assembly.</summary>
internal sealed record StoredKey(string Id, string? Pem);
