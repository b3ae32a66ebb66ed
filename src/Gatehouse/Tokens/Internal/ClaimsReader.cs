namespace Gatehouse.Tokens.Internal;

/// <summary>Reads a payload whose signature has been verified. A claim of the wrong type refuses the token, never counts as absent.</summary>
internal ref struct ClaimsReader
{
    private readonly TokenIssuer _issuer;
    private readonly JoseHeader _header;
    private RegisteredClaims _registered;
    private ClerkClaims _clerks;
    private ClaimNotes _notes;

    private ClaimsReader(JoseHeader header, TokenIssuer issuer) =>
        (_issuer, _header, _registered) = (issuer, header, new RegisteredClaims(issuer));

    /// <summary>Reads the claims and decides the class.</summary>
    /// <returns>The claims, or <see cref="TokenFailure.Malformed"/> or <see cref="TokenFailure.Class"/>.</returns>
    public static TokenResult Read(TokenPayload payload, JoseHeader header, TokenIssuer issuer) =>
        payload.Read(static (json, token) => Read(json, token.payload, token.header, token.issuer), (payload, header, issuer));

    private static TokenResult Read(ReadOnlySpan<byte> json, TokenPayload payload, JoseHeader header, TokenIssuer issuer)
    {
        if (!StrictJson.IsUtf8(json))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }

        try
        {
            var reader = new ClaimsReader(header, issuer);
            reader.ReadMembers(json);
            return reader._notes.WantStrictLook && !StrictJson.IsStrict(json)
                ? TokenResult.Refused(TokenFailure.Malformed)
                : reader.ToResult(payload);
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }
    }

    private void ReadMembers(ReadOnlySpan<byte> payload)
    {
        var json = StrictJson.Reader(payload);
        StrictJson.Enter(ref json);
        while (StrictJson.NextMember(ref json))
        {
            if (!_registered.TryRead(ref json, ref _notes) && (_issuer.IsOpenIdConnect || !_clerks.TryRead(ref json, ref _notes)))
            {
                _notes.Doubt();
                json.Skip();
            }
        }

        StrictJson.End(ref json);
    }

    private readonly TokenResult ToResult(TokenPayload payload)
    {
        if (_registered.ExpiresAt is not { } expires || (_registered.Subject is null && !_clerks.IsHandshake))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }

        var tokenClass = Classify();
        var isSession = tokenClass == TokenClass.Session;
        return tokenClass == TokenClass.None
            ? TokenResult.Refused(TokenFailure.Class)
            : TokenResult.Admitted(new TokenClaims(payload)
            {
                Class = tokenClass,
                Issuer = _registered.Issuer ?? "",
                Subject = _registered.Subject ?? "",
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expires),
                IssuedAt = Time(_registered.IssuedAt),
                NotBefore = Time(_registered.NotBefore),
                SessionId = _clerks.SessionId,
                AuthorizedParty = _registered.AuthorizedParty,
                TokenId = _registered.TokenId,
                Audiences = _registered.Audiences ?? [],
                Scopes = Scopes(tokenClass),
                IsPending = _clerks.IsPending,
                HasOrganization = isSession && _clerks.HasOrganization,
                FirstFactorAge = isSession ? _clerks.FactorAges.First : null,
                SecondFactorAge = isSession ? _clerks.FactorAges.Second : null,
                IsImpersonated = _clerks.IsImpersonated,
            });
    }

    private readonly TokenClass Classify() => _issuer.IsOpenIdConnect
        ? TokenClassifier.ClassifyForeign(_header, _registered.Subject)
        : TokenClassifier.Classify(_header, _registered.Subject, _clerks.SessionId, _clerks.IsHandshake);

    // A machine chooses its further claims itself: only the one that Clerk writes names the receivers, whatever scope and scp say.
    private readonly IReadOnlyList<string> Scopes(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.M2M => _clerks.MachineScopes ?? _registered.Audiences ?? [],
        TokenClass.OAuth => _registered.Scopes ?? [],
        _ => [],
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } known ? DateTimeOffset.FromUnixTimeSeconds(known) : null;
}
