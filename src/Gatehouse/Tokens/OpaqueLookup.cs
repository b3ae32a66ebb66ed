using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Tokens;

/// <summary>What an opaque token is, or why nobody can say.</summary>
public readonly record struct OpaqueLookup
{
    private OpaqueLookup(OpaqueToken? token, TokenFailure failure) => (Token, Failure) = (token, failure);

    /// <summary>The issuer does not know it as a good token: <see cref="TokenFailure.Unknown"/>.</summary>
    public static OpaqueLookup Unknown { get; } = new(null, TokenFailure.Unknown);

    /// <summary>The issuer cannot be asked just now: <see cref="TokenFailure.KeysUnavailable"/>.</summary>
    public static OpaqueLookup Unavailable { get; } = new(null, TokenFailure.KeysUnavailable);

    /// <summary>The token, if there is one.</summary>
    public OpaqueToken? Token { get; }

    /// <summary>Why there is none.</summary>
    public TokenFailure Failure { get; }

    /// <summary>Whether there is one.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool Found => Token is not null;

    /// <summary>The issuer knows it.</summary>
    public static OpaqueLookup Of(OpaqueToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new OpaqueLookup(token, TokenFailure.Unverified);
    }
}
