using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>
/// Decides whether a token is genuine and may enter: shape, algorithm, key of this issuer, signature, and only then what it claims and what
/// the entrance demands. Needs no network but for keys it does not have yet, and for tokens that say nothing by themselves.
/// </summary>
/// <remarks>
/// Safe for any number of threads. A token that was verified once is remembered by its whole text, with nothing but what its signature
/// proves; time, class, party, audience, revocation and the rest are decided at every use, so no entrance lets in what another one cached.
/// </remarks>
public sealed class TokenVerifier
{
    /// <summary>The longest token that is looked at, in characters. A cookie holds 4 kB; four of them is plenty.</summary>
    public const int MaximumTokenLength = 16 * 1024;

    /// <summary>How many verified tokens are remembered unless told otherwise. About 2 kB each.</summary>
    public const int DefaultCacheSize = 16 * 1024;

    private readonly TokenIssuer[] _issuers;
    private readonly TokenIssuer[] _asked;
    private readonly TimeProvider _time;
    private readonly RevocationList? _revocations;
    private readonly VerifiedTokenCache _cache;

    /// <summary>A verifier for the tokens of these issuers.</summary>
    /// <param name="issuers">Whose tokens are taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="revocations">What is revoked; null where nothing ever is.</param>
    /// <param name="cacheSize">How many verified tokens are remembered: 0 (none) to 1,048,576.</param>
    /// <exception cref="ArgumentException">There is no issuer, one has no name, or two have the same.</exception>
    public TokenVerifier(
        IEnumerable<TokenIssuer> issuers,
        TimeProvider time,
        RevocationList? revocations = null,
        int cacheSize = DefaultCacheSize)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfNegative(cacheSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cacheSize, 1 << 20);
        _issuers = [.. issuers];
        _asked = [.. _issuers.Where(issuer => issuer.OpaqueTokens is not null)];
        _time = time;
        _revocations = revocations;
        _cache = new VerifiedTokenCache(cacheSize);
        if (_issuers.Length == 0
            || Array.Exists(_issuers, issuer => string.IsNullOrWhiteSpace(issuer.Name))
            || _issuers.DistinctBy(issuer => issuer.Name, StringComparer.Ordinal).Count() != _issuers.Length)
        {
            throw new ArgumentException("give at least one issuer, and each a name of its own", nameof(issuers));
        }
    }

    /// <summary>Verifies a token for an entrance.</summary>
    /// <returns>The claims, or the first reason to refuse it. Never throws because of what the token is.</returns>
    public ValueTask<TokenResult> VerifyAsync(string token, Entrance entrance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(entrance);
        return TryVerifySeen(token, entrance, out var result)
            ? new ValueTask<TokenResult>(result)
            : VerifyAnewAsync(token, entrance, trace: null, cancellationToken);
    }

    /// <summary>Decides about a token that was verified before, without a text of its own being made of it.</summary>
    /// <returns>False for a token that was never seen, or whose key was withdrawn: it must be verified.</returns>
    internal bool TryVerifySeen(ReadOnlySpan<char> token, Entrance entrance, out TokenResult result)
    {
        if (_cache.Find(token) is { } seen && IsStillSigned(seen))
        {
            result = DecideAtEntrance(seen.Claims, seen.Issuer, entrance, trace: null);
            return true;
        }

        result = default;
        return false;
    }

    /// <summary>Verifies a token by the same steps, and gives the verdict of each in words.</summary>
    /// <remarks>Nothing of it is secret: it shows what the token's holder can read in it, and what the entrance demands.</remarks>
    public async Task<TokenExplanation> ExplainAsync(string token, Entrance entrance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(entrance);
        var trace = new VerificationTrace(entrance, _time.GetUtcNow());
        var result = await VerifyAnewAsync(token, entrance, trace, cancellationToken).ConfigureAwait(false);
        return trace.ToExplanation(result);
    }

    private ValueTask<TokenResult> VerifyAnewAsync(string token, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        // 1. Shape.
        if (token.Length > MaximumTokenLength)
        {
            return Refused(TokenFailure.TooLarge, "shape", trace);
        }

        if (OpaquePrefix.ClassOf(token) is var opaque and not TokenClass.None)
        {
            return AskIssuerAsync(token, opaque, entrance, trace, cancellationToken);
        }

        if (!UnverifiedToken.TryRead(token, out var unverified))
        {
            return Refused(TokenFailure.Malformed, "shape", trace);
        }

        trace?.Passed("shape", "three parts in base64url, with a readable header");

        // 2. Algorithm and type, before anything is fetched for the token's sake.
        if (CheckHeader(unverified.Header) is { } objection)
        {
            return Refused(objection, "header", trace);
        }

        trace?.Passed("header", $"{unverified.Header.Algorithm}, key {unverified.Header.KeyId}");

        // 3. The key, among those of the issuer. At hand nearly always, so that nothing here is a state machine.
        if (ChooseIssuer(unverified) is not { } issuer)
        {
            return Refused(TokenFailure.KeyUnknown, "key", trace);
        }

        if (unverified.Header.Algorithm == HeaderAlgorithm.ES256 && !issuer.IsOpenIdConnect)
        {
            return Refused(TokenFailure.Algorithm, "key", trace);
        }

        var lookup = issuer.Keys.FindAsync(unverified.Header.KeyId, cancellationToken);
        return lookup.IsCompletedSuccessfully
            ? new ValueTask<TokenResult>(DecideByKey(unverified, issuer, lookup.Result, entrance, trace))
            : DecideWhenFoundAsync(unverified, issuer, lookup, entrance, trace);
    }

    private static TokenFailure? CheckHeader(JoseHeader header) => header switch
    {
        { Algorithm: not (HeaderAlgorithm.RS256 or HeaderAlgorithm.ES256) } => TokenFailure.Algorithm,
        { Type: HeaderType.Other } or { Category: HeaderCategory.Other } => TokenFailure.Type,
        _ => null,
    };

    private TokenIssuer? ChooseIssuer(UnverifiedToken token)
    {
        if (_issuers.Length == 1)
        {
            return _issuers[0];
        }

        // Not believed, only used to choose whose keys to try; the signature then binds it, and the claim is compared once more.
        var named = UnverifiedIssuer.Read(token.DecodePayload());
        return Array.Find(_issuers, issuer => string.Equals(issuer.Name, named, StringComparison.Ordinal));
    }

    private async ValueTask<TokenResult> DecideWhenFoundAsync(
        UnverifiedToken token, TokenIssuer issuer, ValueTask<KeyLookup> lookup, Entrance entrance, VerificationTrace? trace) =>
        DecideByKey(token, issuer, await lookup.ConfigureAwait(false), entrance, trace);

    private TokenResult DecideByKey(
        UnverifiedToken token, TokenIssuer issuer, KeyLookup lookup, Entrance entrance, VerificationTrace? trace)
    {
        if (CheckKey(token.Header, issuer, lookup) is { } objection)
        {
            return RefusedNow(objection, "key", trace);
        }

        trace?.Passed("key", $"{issuer.Name} has this key, and it may be used");
        TokenResult genuine;
        lock (_cache.GateOf(token.Text))
        {
            // Whoever came with the same token at the same time has verified it meanwhile.
            genuine = trace is null && _cache.Find(token.Text) is { } seen && ReferenceEquals(seen.Key, lookup.Key)
                ? TokenResult.Admitted(seen.Claims)
                : VerifyBytes(token, issuer, lookup.Key!, trace);
        }

        return genuine.Succeeded ? DecideAtEntrance(genuine.Claims, issuer, entrance, trace) : genuine;
    }

    // The algorithm is the key's: a token that names another one wants its signature to be read in another way.
    private static TokenFailure? CheckKey(JoseHeader header, TokenIssuer issuer, KeyLookup lookup) => lookup switch
    {
        { Found: false } => lookup.Failure,
        _ when header.Algorithm != lookup.Key.Algorithm => TokenFailure.Algorithm,
        { Key.IsPublished: true } when !issuer.AdmitPublishedKeys => TokenFailure.PublishedKey,
        _ => null,
    };

    private TokenResult VerifyBytes(UnverifiedToken token, TokenIssuer issuer, SigningKey key, VerificationTrace? trace)
    {
        // 4. The signature, over the bytes as they came.
        if (!token.IsSignedBy(key))
        {
            return RefusedNow(TokenFailure.Signature, "signature", trace);
        }

        trace?.Passed("signature", "made by this key over these bytes");

        // 5. What the token says, and which class that makes it.
        var genuine = ClaimsReader.Read(token.DecodePayload(), token.Header, issuer);
        if (!genuine.Succeeded)
        {
            return RefusedNow(genuine.Failure, "claims", trace);
        }

        trace?.Passed("claims", $"readable; a token of the class {genuine.Claims.Class}");
        var now = _time.GetUtcNow();
        if (genuine.Claims.ExpiresAt > now)
        {
            _cache.Add(new VerifiedToken(token.Text, genuine.Claims, issuer, key), now);
        }

        return genuine;
    }

    // A key that was withdrawn takes its tokens with it, and one that came in its place under the same id knows nothing of them.
    private static bool IsStillSigned(VerifiedToken seen)
    {
        var lookup = seen.Issuer.Keys.FindAsync(seen.Key.KeyId, CancellationToken.None);
        return lookup.IsCompletedSuccessfully && lookup.Result.Key is { } key && (ReferenceEquals(key, seen.Key) || key.Thumbprint == seen.Key.Thumbprint);
    }

    private ValueTask<TokenResult> AskIssuerAsync(
        string token, TokenClass tokenClass, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        trace?.Passed("shape", $"opaque; its prefix says {tokenClass}");
        if (!entrance.Takes(tokenClass) && !entrance.ReportOnly.Contains(TokenFailure.Class))
        {
            return Refused(TokenFailure.Class, "class", trace);
        }

        // Nothing in an opaque token says whose it is; nearly always there is only one who can be asked.
        switch (_asked)
        {
            case []:
                return Refused(TokenFailure.NeedsClerk, "issuer's word", trace);

            case [var only]:
                var lookup = only.OpaqueTokens!.FindAsync(token, tokenClass, cancellationToken);
                return lookup.IsCompletedSuccessfully
                    ? new ValueTask<TokenResult>(DecideByWord(lookup.Result, tokenClass, only, entrance, trace))
                    : DecideWhenAnsweredAsync(lookup, tokenClass, only, entrance, trace);

            default:
                return AskOneAfterAnotherAsync(token, tokenClass, entrance, trace, cancellationToken);
        }
    }

    private async ValueTask<TokenResult> DecideWhenAnsweredAsync(
        ValueTask<OpaqueLookup> lookup, TokenClass tokenClass, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace) =>
        DecideByWord(await lookup.ConfigureAwait(false), tokenClass, issuer, entrance, trace);

    private async ValueTask<TokenResult> AskOneAfterAnotherAsync(
        string token, TokenClass tokenClass, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        var (answer, answering) = (OpaqueLookup.Unknown, _asked[0]);
        foreach (var issuer in _asked)
        {
            var next = await issuer.OpaqueTokens!.FindAsync(token, tokenClass, cancellationToken).ConfigureAwait(false);
            if (next.Found)
            {
                return DecideByWord(next, tokenClass, issuer, entrance, trace);
            }

            // Unknown to one and unheard from another: nobody can say that it is unknown.
            (answer, answering) = next.Failure.IsOurs() ? (next, issuer) : (answer, answering);
        }

        return DecideByWord(answer, tokenClass, answering, entrance, trace);
    }

    private TokenResult DecideByWord(
        OpaqueLookup lookup, TokenClass tokenClass, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace)
    {
        // An answer about a token of another class than the prefix says is an answer to another question: believed, it would make a
        // machine's token a session.
        if (lookup.Token?.Class != tokenClass)
        {
            return RefusedNow(lookup.Found ? TokenFailure.Class : lookup.Failure, "issuer's word", trace);
        }

        trace?.Passed("issuer's word", $"{issuer.Name} knows it as good");
        return DecideAtEntrance(lookup.Token.ToClaims(issuer), issuer, entrance, trace);
    }

    // 6. What this entrance demands, at every use.
    private TokenResult DecideAtEntrance(TokenClaims claims, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace)
    {
        var question = new EntranceQuestion(claims, issuer, entrance, _revocations, _time.GetUtcNow());
        trace?.Weigh(question);
        var (objection, reported) = EntranceDemands.Decide(question);
        return objection is { } failure ? TokenResult.Refused(failure, reported) : TokenResult.Admitted(claims, reported);
    }

    private static ValueTask<TokenResult> Refused(TokenFailure failure, string step, VerificationTrace? trace) =>
        ValueTask.FromResult(RefusedNow(failure, step, trace));

    private static TokenResult RefusedNow(TokenFailure failure, string step, VerificationTrace? trace)
    {
        trace?.Failed(step, failure);
        return TokenResult.Refused(failure);
    }
}
