using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Tokens;

/// <summary>A verified token's claims, or why it was refused. A refusal is the ordinary case, so it is a value and no exception.</summary>
public readonly record struct TokenResult
{
    private TokenResult(TokenClaims? claims, TokenFailure failure) => (Claims, Failure) = (claims, failure);

    /// <summary>The claims, which may be believed; null for a refused token.</summary>
    public TokenClaims? Claims { get; }

    /// <summary>Why it was refused. Only meaningful when <see cref="Succeeded"/> is false.</summary>
    public TokenFailure Failure { get; }

    /// <summary>Whether the token may enter.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool Succeeded => Claims is not null;

    internal static TokenResult Admitted(TokenClaims claims) => new(claims, default);

    internal static TokenResult Refused(TokenFailure failure) => new(null, failure);
}
