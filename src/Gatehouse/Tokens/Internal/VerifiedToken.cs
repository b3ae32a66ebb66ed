namespace Gatehouse.Tokens.Internal;

/// <summary>
/// What depends on nothing but issuer, key and bytes: that this text was signed by this key, and what it says. Everything else is decided
/// anew at each use.
/// </summary>
internal sealed record VerifiedToken(string Text, TokenClaims Claims, TokenIssuer Issuer, SigningKey Key);
