using Gatehouse.Local.Clerk.M2M;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>An opaque machine token with its text.</summary>
internal sealed record StoredM2MToken(M2MToken Token, string Text);
