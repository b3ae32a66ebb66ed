using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Local.Clerk;

/// <summary>A token, or why there is none.</summary>
public sealed record LocalTokenResult
{
    private LocalTokenResult(string? token, LocalTokenFailure failure) => (Token, Failure) = (token, failure);

    /// <summary>The token, signed with the published key.</summary>
    public string? Token { get; }

    /// <summary>Why there is none; <see cref="LocalTokenFailure.Unspecified"/> when there is one.</summary>
    public LocalTokenFailure Failure { get; }

    /// <summary>Whether a token was minted.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool Succeeded => Token is not null;

    internal static LocalTokenResult Minted(string token) => new(token, LocalTokenFailure.Unspecified);

    internal static LocalTokenResult Refused(LocalTokenFailure failure) => new(null, failure);
}
