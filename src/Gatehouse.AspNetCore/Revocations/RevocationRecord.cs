using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations;

/// <summary>A revocation, with who made it and why.</summary>
/// <param name="Revocation">What is revoked.</param>
/// <param name="Reason">Why, in the operator's words; null where it followed from an event.</param>
/// <param name="By">The operator's id; null where it followed from an event.</param>
public sealed record RevocationRecord(Revocation Revocation, string? Reason, string? By);
