using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations;

/// <summary>A revocation that was made or withdrawn, and its place in the order of changes.</summary>
/// <param name="Cursor">The place, as an opaque text. Reading on from it brings what came later.</param>
/// <param name="News">What changed.</param>
public sealed record RevocationChange(string Cursor, RevocationNews News);
