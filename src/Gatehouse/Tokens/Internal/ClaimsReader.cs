using System.Text.Json;

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

        var reader = new ClaimsReader(header, issuer);
        if (reader.TryReadMembers(json))
        {
            return reader.ToResult(payload);
        }

        // A machine chooses its further claims itself, under whatever names: they give it nothing, and so they take nothing from it either.
        var machine = new ClaimsReader(header, issuer);
        return machine.TryReadMembers(json, ofMachine: true) && machine.ToResult(payload) is { Claims.Class: TokenClass.M2M } admitted
            ? admitted
            : TokenResult.Refused(TokenFailure.Malformed);
    }

    private bool TryReadMembers(ReadOnlySpan<byte> payload, bool ofMachine = false)
    {
        try
        {
            var json = StrictJson.Reader(payload);
            StrictJson.Enter(ref json);
            while (StrictJson.NextMember(ref json))
            {
                if (!TryReadWritten(ref json) && (ofMachine || !TryReadChosen(ref json)))
                {
                    _notes.Doubt();
                    json.Skip();
                }
            }

            StrictJson.End(ref json);
            return !_notes.WantStrictLook || StrictJson.IsStrict(payload);
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return false;
        }
    }

    // What the issuer itself writes into a token of any class.
    private bool TryReadWritten(ref Utf8JsonReader json) =>
        _registered.TryReadWritten(ref json, ref _notes) || (!_issuer.IsOpenIdConnect && _clerks.TryReadWritten(ref json, ref _notes));

    // What has a meaning in some classes, and in a machine's token is the machine's own word.
    private bool TryReadChosen(ref Utf8JsonReader json) =>
        _registered.TryReadChosen(ref json, ref _notes) || (!_issuer.IsOpenIdConnect && _clerks.TryReadChosen(ref json, ref _notes));

    private readonly TokenResult ToResult(TokenPayload payload)
    {
        if (_registered.ExpiresAt is not { } expires || (_registered.Subject is null && !_clerks.IsHandshake))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }

        var tokenClass = Classify();
        var (isSession, isMachine) = (tokenClass == TokenClass.Session, tokenClass == TokenClass.M2M);
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
                AuthorizedParty = isMachine ? null : _registered.AuthorizedParty,
                TokenId = _registered.TokenId,
                Audiences = _registered.Audiences ?? [],
                Scopes = Scopes(tokenClass),
                IsPending = _clerks.IsPending && !isMachine,
                HasOrganization = isSession && _clerks.HasOrganization,
                FirstFactorAge = isSession ? _clerks.FactorAges.First : null,
                SecondFactorAge = isSession ? _clerks.FactorAges.Second : null,
                IsImpersonated = _clerks.IsImpersonated && !isMachine,
            });
    }

    private readonly TokenClass Classify() => _issuer.IsOpenIdConnect
        ? TokenClassifier.ClassifyForeign(_header, _registered.Subject)
        : TokenClassifier.Classify(_header, _registered.Subject, _clerks.SessionId, _clerks.IsHandshake);

    // Of a machine's only the claim that Clerk writes names the receivers, whatever scope and scp say.
    private readonly IReadOnlyList<string> Scopes(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.M2M => _clerks.MachineScopes ?? _registered.Audiences ?? [],
        TokenClass.OAuth => _registered.Scopes ?? [],
        _ => [],
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } known ? DateTimeOffset.FromUnixTimeSeconds(known) : null;
}
