using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>Reads a payload whose signature has been verified. A claim of the wrong type refuses the token, never counts as absent.</summary>
internal ref struct ClaimsReader
{
    private readonly TokenIssuer _issuer;
    private Seen _seen;
    private bool _strange;

    private string? _issuerName, _subject, _sessionId, _party, _tokenId;
    private long? _expires, _issued, _notBefore;
    private IReadOnlyList<string>? _audiences, _machineScopes, _scope, _scp;
    private bool _pending, _impersonated, _handshake;
    private int? _firstFactor, _secondFactor;
    private OrganizationReader _organization;

    private ClaimsReader(TokenIssuer issuer) => _issuer = issuer;

    // One bit a claim that is read here: a claim that comes twice leaves the quick path, where the strict look refuses it.
    [Flags]
    private enum Seen
    {
        None = 0,
        Issuer = 1,
        Subject = 1 << 1,
        Expires = 1 << 2,
        Issued = 1 << 3,
        NotBefore = 1 << 4,
        Session = 1 << 5,
        Party = 1 << 6,
        TokenId = 1 << 7,
        Audience = 1 << 8,
        MachineScopes = 1 << 9,
        Status = 1 << 10,
        FactorAges = 1 << 11,
        Version = 1 << 12,
        Features = 1 << 13,
        Plan = 1 << 14,
        Actor = 1 << 15,
        Organization = 1 << 16,
        Handshake = 1 << 17,
        Scope = 1 << 18,
        Scp = 1 << 19,
    }

    /// <summary>Reads the claims and decides the class.</summary>
    /// <returns>The claims, or <see cref="TokenFailure.Malformed"/> or <see cref="TokenFailure.Class"/>.</returns>
    public static TokenResult Read(byte[] payload, JoseHeader header, TokenIssuer issuer)
    {
        if (!StrictJson.IsUtf8(payload))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }

        try
        {
            var reader = new ClaimsReader(issuer);
            reader.ReadMembers(payload);
            if (reader._strange && !StrictJson.IsStrict(payload))
            {
                return TokenResult.Refused(TokenFailure.Malformed);
            }

            return reader.ToResult(payload, header);
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
            if (!ReadTime(ref json) && !ReadName(ref json) && !ReadReceiver(ref json) && !ReadClerks(ref json))
            {
                _strange = true;
                json.Skip();
            }
        }

        StrictJson.End(ref json);
    }

    private bool ReadTime(ref Utf8JsonReader json)
    {
        if (Is(ref json, "exp"u8, Seen.Expires))
        {
            _expires = StrictJson.Seconds(ref json);
        }
        else if (Is(ref json, "iat"u8, Seen.Issued))
        {
            _issued = StrictJson.Seconds(ref json);
        }
        else if (Is(ref json, "nbf"u8, Seen.NotBefore))
        {
            _notBefore = StrictJson.Seconds(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadName(ref Utf8JsonReader json)
    {
        if (Is(ref json, "iss"u8, Seen.Issuer))
        {
            var text = StrictJson.Text(ref json);
            _issuerName = text.ValueTextEquals(_issuer.Name) ? _issuer.Name : text.GetString();
        }
        else if (Is(ref json, "sub"u8, Seen.Subject))
        {
            _subject = StrictJson.Text(ref json).GetString();
        }
        else if (Is(ref json, "azp"u8, Seen.Party))
        {
            _party = StrictJson.Text(ref json).GetString();
        }
        else if (Is(ref json, "jti"u8, Seen.TokenId))
        {
            _tokenId = StrictJson.Text(ref json).GetString();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadReceiver(ref Utf8JsonReader json)
    {
        if (Is(ref json, "aud"u8, Seen.Audience))
        {
            _audiences = ReadTexts(ref json, Whole);
        }
        else if (Is(ref json, "scope"u8, Seen.Scope))
        {
            _scope = ReadTexts(ref json, AtSpaces);
        }
        else if (Is(ref json, "scp"u8, Seen.Scp))
        {
            _scp = ReadTexts(ref json, AtSpaces);
        }
        else
        {
            return false;
        }

        return true;
    }

    // Clerk's own names. Another issuer may use them for something else.
    private bool ReadClerks(ref Utf8JsonReader json)
    {
        if (_issuer.IsOpenIdConnect)
        {
            return false;
        }

        if (Is(ref json, "sid"u8, Seen.Session))
        {
            _sessionId = StrictJson.Text(ref json).GetString();
        }
        else if (Is(ref json, "scopes"u8, Seen.MachineScopes))
        {
            _machineScopes = ReadTexts(ref json, AtSpaces);
        }
        else if (Is(ref json, "sts"u8, Seen.Status))
        {
            // Only what is known to be finished is: a status of tomorrow must not count as active.
            _pending = !StrictJson.Text(ref json).ValueTextEquals("active"u8);
            _strange |= _pending;
        }
        else if (Is(ref json, "fva"u8, Seen.FactorAges))
        {
            (_firstFactor, _secondFactor) = ReadFactorAges(ref json);
        }
        else if (Is(ref json, "v"u8, Seen.Version))
        {
            json.Read();
            _organization.Version = json.GetInt32();
        }
        else if (Is(ref json, "fea"u8, Seen.Features))
        {
            _organization.Features = StrictJson.Text(ref json).GetString();
        }
        else if (Is(ref json, "pla"u8, Seen.Plan))
        {
            // Nothing is decided by it, but Clerk writes it into nearly every session: it must not cost the strict look.
            _strange |= StrictJson.Text(ref json).ValueIsEscaped;
        }
        else if (Is(ref json, "o"u8, Seen.Organization))
        {
            _strange |= !_organization.ReadVersion2(ref json);
        }
        else if (Is(ref json, "handshake"u8, Seen.Handshake))
        {
            _handshake = _strange = true;
            json.Skip();
        }
        else if (Is(ref json, "act"u8, Seen.Actor))
        {
            ReadActor(ref json);
        }
        else
        {
            // The claims of version 1 lie beside one another; a name that comes twice is found by the strict look.
            var known = _organization.TryReadVersion1(ref json);
            _strange |= known;
            return known;
        }

        return true;
    }

    private bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name, Seen claim)
    {
        if (!json.ValueTextEquals(name))
        {
            return false;
        }

        _strange |= (_seen & claim) != Seen.None;
        _seen |= claim;
        return true;
    }

    private void ReadActor(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
        {
            throw new JsonException("not an actor");
        }

        // Never back to false: null takes away neither an actor named before nor the strict look that others have asked for.
        var names = json.TokenType == JsonTokenType.StartObject;
        _impersonated |= names;
        _strange |= names;
        json.Skip();
    }

    private static IReadOnlyList<string> ReadTexts(ref Utf8JsonReader json, Func<string, string[]> split)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String ? split(json.GetString()!) : StrictJson.Texts(ref json);
    }

    private static string[] Whole(string text) => [text];

    private static string[] AtSpaces(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (int? First, int? Second) ReadFactorAges(ref Utf8JsonReader json)
    {
        json.Read();
        Span<int> ages = stackalloc int[2];
        var count = 0;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType == JsonTokenType.Number && count < 2)
            {
                ages[count++] = json.GetInt32();
            }
        }

        return json.TokenType == JsonTokenType.EndArray && count == 2
            ? (Age(ages[0]), Age(ages[1]))
            : throw new JsonException("not two ages");
    }

    private static int? Age(int minutes) => minutes < 0 ? null : minutes;

    private readonly TokenResult ToResult(byte[] payload, JoseHeader header)
    {
        if (_expires is not { } expires || (_subject is null && !_handshake))
        {
            return TokenResult.Refused(TokenFailure.Malformed);
        }

        var tokenClass = Classify(header);
        return tokenClass == TokenClass.None
            ? TokenResult.Refused(TokenFailure.Class)
            : TokenResult.Admitted(new TokenClaims(payload)
            {
                Class = tokenClass,
                Issuer = _issuerName ?? "",
                Subject = _subject ?? "",
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expires),
                IssuedAt = Time(_issued),
                NotBefore = Time(_notBefore),
                SessionId = _sessionId,
                AuthorizedParty = _party,
                TokenId = _tokenId,
                Audiences = _audiences ?? [],
                Scopes = Scopes(tokenClass),
                IsPending = _pending,
                Organization = tokenClass == TokenClass.Session ? _organization.ToClaims() : null,
                FirstFactorAge = tokenClass == TokenClass.Session ? _firstFactor : null,
                SecondFactorAge = tokenClass == TokenClass.Session ? _secondFactor : null,
                IsImpersonated = _impersonated,
            });
    }

    private readonly TokenClass Classify(JoseHeader header) => _issuer.IsOpenIdConnect
        ? TokenClassifier.ClassifyForeign(header, _subject)
        : TokenClassifier.Classify(header, _subject, _sessionId, _handshake);

    // A machine chooses its further claims itself: only the one that Clerk writes names the receivers, whatever scope and scp say.
    private readonly IReadOnlyList<string> Scopes(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.M2M => _machineScopes ?? _audiences ?? [],
        TokenClass.OAuth => _scope ?? _scp ?? [],
        _ => [],
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } known ? DateTimeOffset.FromUnixTimeSeconds(known) : null;
}
