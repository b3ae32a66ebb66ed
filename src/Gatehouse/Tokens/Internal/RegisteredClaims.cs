using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>The claims that any issuer writes: those of RFC 7519, with <c>azp</c> and the scopes of OAuth.</summary>
internal struct RegisteredClaims(TokenIssuer issuer)
{
    public string? Issuer { get; private set; }

    public string? Subject { get; private set; }

    public string? AuthorizedParty { get; private set; }

    public string? TokenId { get; private set; }

    public long? ExpiresAt { get; private set; }

    public long? IssuedAt { get; private set; }

    public long? NotBefore { get; private set; }

    public IReadOnlyList<string>? Audiences { get; private set; }

    /// <summary><c>scope</c>, or else <c>scp</c>.</summary>
    public readonly IReadOnlyList<string>? Scopes => _scope ?? _scp;

    private IReadOnlyList<string>? _scope, _scp;

    /// <summary>Reads one that the issuer writes into tokens of every class.</summary>
    /// <returns>False when the reader stands at none of them.</returns>
    public bool TryReadWritten(ref Utf8JsonReader json, ref ClaimNotes notes) =>
        TryReadTime(ref json, ref notes) || TryReadName(ref json, ref notes);

    /// <summary>Reads one that a machine may have chosen itself.</summary>
    /// <returns>False when the reader stands at none of them.</returns>
    public bool TryReadChosen(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "azp"u8, KnownClaim.Party))
        {
            AuthorizedParty = StrictJson.Text(ref json).GetString();
        }
        else if (notes.Is(ref json, "scope"u8, KnownClaim.Scope))
        {
            _scope = ClaimTexts.ReadAtSpaces(ref json);
        }
        else if (notes.Is(ref json, "scp"u8, KnownClaim.Scp))
        {
            _scp = ClaimTexts.ReadAtSpaces(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryReadTime(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "exp"u8, KnownClaim.Expires))
        {
            ExpiresAt = StrictJson.Seconds(ref json);
        }
        else if (notes.Is(ref json, "iat"u8, KnownClaim.Issued))
        {
            IssuedAt = StrictJson.Seconds(ref json);
        }
        else if (notes.Is(ref json, "nbf"u8, KnownClaim.NotBefore))
        {
            NotBefore = StrictJson.Seconds(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryReadName(ref Utf8JsonReader json, ref ClaimNotes notes)
    {
        if (notes.Is(ref json, "iss"u8, KnownClaim.Issuer))
        {
            var text = StrictJson.Text(ref json);
            Issuer = text.ValueTextEquals(issuer.Name) ? issuer.Name : text.GetString();
        }
        else if (notes.Is(ref json, "sub"u8, KnownClaim.Subject))
        {
            Subject = StrictJson.Text(ref json).GetString();
        }
        else if (notes.Is(ref json, "jti"u8, KnownClaim.TokenId))
        {
            TokenId = StrictJson.Text(ref json).GetString();
        }
        else if (notes.Is(ref json, "aud"u8, KnownClaim.Audience))
        {
            Audiences = ClaimTexts.ReadWhole(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }
}
