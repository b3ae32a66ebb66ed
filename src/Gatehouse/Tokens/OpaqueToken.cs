using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>What the issuer says of an opaque token that is good.</summary>
public sealed class OpaqueToken
{
    private TokenClaims? _claims;

    /// <summary>The token's class.</summary>
    public required TokenClass Class { get; init; }

    /// <summary>The token's own id: <c>mt_…</c>, <c>oat_…</c>, <c>ak_…</c>. Not the secret.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it identifies: a machine, a user or an organization.</summary>
    public required string Subject { get; init; }

    /// <summary>What it may be used for; of a machine's token, the machines that may receive it.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The audiences of an OAuth token.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it expires; null for one that does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The claims that its maker chose, as UTF-8 JSON; an empty object for none. Never authority.</summary>
    public ReadOnlyMemory<byte> Claims { get; init; } = "{}"u8.ToArray();

    // One source may serve several issuers: what was made for one is not handed out for another.
    internal TokenClaims ToClaims(TokenIssuer issuer) =>
        _claims is { } made && made.Issuer == issuer.Name ? made : _claims = MakeClaims(issuer);

    private TokenClaims MakeClaims(TokenIssuer issuer) => new(new TokenPayload(Claims.ToArray()))
    {
        Class = Class,
        IsOpaque = true,
        Issuer = issuer.Name,
        Subject = Subject,
        TokenId = Id,
        Scopes = Scopes,
        Audiences = Audiences,
        IssuedAt = CreatedAt,
        ExpiresAt = ExpiresAt ?? DateTimeOffset.MaxValue,
    };
}
