using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Gatehouse.Tokens;

/// <summary>A verified token's claims, or why it was refused. A refusal is the ordinary case, so it is a value and no exception.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenResult
{
    private TokenResult(TokenClaims? claims, TokenFailure failure, TokenFailure reported) =>
        (Claims, Failure, Reported) = (claims, failure, reported);

    /// <summary>The claims, which may be believed; null for a refused token.</summary>
    public TokenClaims? Claims { get; }

    /// <summary>Why it was refused. Only meaningful when <see cref="Succeeded"/> is false.</summary>
    public TokenFailure Failure { get; }

    /// <summary>
    /// What it would have been refused for, had the entrance not been told to report that only; <see cref="TokenFailure.Unverified"/> for
    /// nothing.
    /// </summary>
    public TokenFailure Reported { get; }

    /// <summary>Whether the token may enter.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool Succeeded => Claims is not null;

    internal static TokenResult Admitted(TokenClaims claims, TokenFailure reported = TokenFailure.Unverified) => new(claims, default, reported);

    internal static TokenResult Refused(TokenFailure failure, TokenFailure reported = TokenFailure.Unverified) => new(null, failure, reported);
}
