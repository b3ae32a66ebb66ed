namespace Gatehouse.Tokens.Internal;

/// <summary>Verifies JWTs: the header, the key of this issuer, the signature, and only then what it claims. Remembers what is genuine.</summary>
internal sealed class SignedTokenVerifier(TokenIssuer[] issuers, TimeProvider time, EntranceJudge judge, int cacheSize)
{
    private readonly VerifiedTokenCache _cache = new(cacheSize);

    /// <summary>Decides about a token that was verified before.</summary>
    /// <returns>False for a token that was never seen, or whose key was withdrawn.</returns>
    public bool TryVerifySeen(ReadOnlySpan<char> token, Entrance entrance, out TokenResult result)
    {
        if (_cache.Find(token) is { } seen && IsStillSigned(seen))
        {
            result = judge.Decide(seen.Claims, seen.Issuer, entrance, trace: null);
            return true;
        }

        result = default;
        return false;
    }

    public ValueTask<TokenResult> VerifyAsync(
        in UnverifiedToken token, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        // 2. Algorithm and type, before anything is fetched for the token's sake.
        if (CheckHeader(token.Header) is { } objection)
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, objection, "header"));
        }

        trace?.Passed("header", $"{token.Header.Algorithm}, key {token.Header.KeyId}");

        // 3. The key, among those of the issuer. At hand nearly always, so that nothing here is a state machine.
        if (ChooseIssuer(token) is not { } issuer)
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, TokenFailure.KeyUnknown, "key"));
        }

        if (token.Header.Algorithm == HeaderAlgorithm.ES256 && !issuer.IsOpenIdConnect)
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, TokenFailure.Algorithm, "key"));
        }

        var lookup = issuer.Keys.FindAsync(token.Header.KeyId, cancellationToken);
        return lookup.IsCompletedSuccessfully
            ? new ValueTask<TokenResult>(DecideByKey(token, issuer, lookup.Result, entrance, trace))
            : DecideWhenFoundAsync(token, issuer, lookup, entrance, trace);
    }

    private static TokenFailure? CheckHeader(JoseHeader header) => header switch
    {
        { Algorithm: not (HeaderAlgorithm.RS256 or HeaderAlgorithm.ES256) } => TokenFailure.Algorithm,
        { Type: HeaderType.Other } or { Category: HeaderCategory.Other } => TokenFailure.Type,
        _ => null,
    };

    private TokenIssuer? ChooseIssuer(in UnverifiedToken token)
    {
        if (issuers.Length == 1)
        {
            return issuers[0];
        }

        // Not believed, only used to choose whose keys to try; the signature then binds it, and the claim is compared once more.
        var named = token.Payload.Read(static (json, _) => UnverifiedIssuer.Read(json), 0);
        return Array.Find(issuers, issuer => string.Equals(issuer.Name, named, StringComparison.Ordinal));
    }

    private async ValueTask<TokenResult> DecideWhenFoundAsync(
        UnverifiedToken token, TokenIssuer issuer, ValueTask<KeyLookup> lookup, Entrance entrance, VerificationTrace? trace) =>
        DecideByKey(token, issuer, await lookup.ConfigureAwait(false), entrance, trace);

    private TokenResult DecideByKey(
        in UnverifiedToken token, TokenIssuer issuer, KeyLookup lookup, Entrance entrance, VerificationTrace? trace)
    {
        if (CheckKey(token.Header, issuer, lookup) is { } objection)
        {
            return VerificationTrace.Refuse(trace, objection, "key");
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

        return genuine.Succeeded ? judge.Decide(genuine.Claims, issuer, entrance, trace) : genuine;
    }

    // The algorithm is the key's: a token that names another one wants its signature to be read in another way.
    private static TokenFailure? CheckKey(JoseHeader header, TokenIssuer issuer, KeyLookup lookup) => lookup switch
    {
        { Found: false } => lookup.Failure,
        _ when header.Algorithm != lookup.Key.Algorithm => TokenFailure.Algorithm,
        { Key.IsPublished: true } when !issuer.AdmitPublishedKeys => TokenFailure.PublishedKey,
        _ => null,
    };

    private TokenResult VerifyBytes(in UnverifiedToken token, TokenIssuer issuer, SigningKey key, VerificationTrace? trace)
    {
        // 4. The signature, over the bytes as they came.
        if (!token.IsSignedBy(key))
        {
            return VerificationTrace.Refuse(trace, TokenFailure.Signature, "signature");
        }

        trace?.Passed("signature", "made by this key over these bytes");

        // 5. What the token says, and which class that makes it.
        var genuine = ClaimsReader.Read(token.Payload, token.Header, issuer);
        if (!genuine.Succeeded)
        {
            return VerificationTrace.Refuse(trace, genuine.Failure, "claims");
        }

        trace?.Passed("claims", $"readable; a token of the class {genuine.Claims.Class}");
        var now = time.GetUtcNow();
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
}
