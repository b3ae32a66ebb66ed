namespace Gatehouse.Tokens;

/// <summary>Something is no longer to be believed, though its signature is good.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Value">Its id.</param>
/// <param name="At">When it was revoked. Of a user, tokens that were issued later are good.</param>
/// <param name="Until">
/// How long it must be remembered: until the longest-lived token that it could concern has expired. Afterwards it is forgotten.
/// </param>
public sealed record Revocation(RevocationKind Kind, string Value, DateTimeOffset At, DateTimeOffset Until);
