using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>
/// Decides whether a token is genuine and may enter: shape, algorithm, key of this issuer, signature, and only then what it claims and what
/// the entrance demands. Needs no network but for keys it does not have yet.
/// </summary>
/// <remarks>Safe for any number of threads.</remarks>
public sealed class TokenVerifier
{
    /// <summary>The longest token that is looked at, in characters. A cookie holds 4 kB; four of them is plenty.</summary>
    public const int MaximumTokenLength = 16 * 1024;

    private readonly TokenIssuer[] _issuers;
    private readonly TimeProvider _time;

    /// <summary>A verifier for the tokens of these issuers.</summary>
    /// <exception cref="ArgumentException">There is no issuer, one has no name, or two have the same.</exception>
    public TokenVerifier(IEnumerable<TokenIssuer> issuers, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(time);
        _issuers = [.. issuers];
        _time = time;
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

        // 1. Shape.
        if (token.Length > MaximumTokenLength)
        {
            return Refused(TokenFailure.TooLarge);
        }

        if (OpaqueToken.ClassOf(token) is var opaque and not TokenClass.None)
        {
            return Refused(entrance.Takes(opaque) ? TokenFailure.NeedsClerk : TokenFailure.Class);
        }

        if (!UnverifiedToken.TryRead(token, out var unverified))
        {
            return Refused(TokenFailure.Malformed);
        }

        // 2. Algorithm and type, before anything is fetched for the token's sake.
        if (CheckHeader(unverified.Header) is { } objection)
        {
            return Refused(objection);
        }

        // 3. The key, among those of the issuer. At hand nearly always, so that nothing here is a state machine.
        if (ChooseIssuer(unverified) is not { } issuer)
        {
            return Refused(TokenFailure.KeyUnknown);
        }

        var lookup = issuer.Keys.FindAsync(unverified.Header.KeyId, cancellationToken);
        return lookup.IsCompletedSuccessfully
            ? new ValueTask<TokenResult>(Decide(unverified, issuer, lookup.Result, entrance))
            : DecideWhenFoundAsync(unverified, issuer, lookup, entrance);
    }

    private static TokenFailure? CheckHeader(JoseHeader header) => header switch
    {
        { Algorithm: not HeaderAlgorithm.RS256 } => TokenFailure.Algorithm,
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
        UnverifiedToken token, TokenIssuer issuer, ValueTask<KeyLookup> lookup, Entrance entrance) =>
        Decide(token, issuer, await lookup.ConfigureAwait(false), entrance);

    private TokenResult Decide(UnverifiedToken token, TokenIssuer issuer, KeyLookup lookup, Entrance entrance)
    {
        if (!lookup.Found)
        {
            return TokenResult.Refused(lookup.Failure);
        }

        if (lookup.Key.IsPublished && !issuer.AdmitPublishedKeys)
        {
            return TokenResult.Refused(TokenFailure.PublishedKey);
        }

        // 4. The signature, over the bytes as they came.
        if (!token.IsSignedBy(lookup.Key))
        {
            return TokenResult.Refused(TokenFailure.Signature);
        }

        // 5. What the token says, and which class that makes it.
        var genuine = ClaimsReader.Read(token.DecodePayload(), token.Header, issuer);
        if (!genuine.Succeeded)
        {
            return genuine;
        }

        // 6. What this entrance demands.
        return EntranceCheck.FirstObjection(genuine.Claims, issuer, entrance, _time.GetUtcNow()) is { } objection
            ? TokenResult.Refused(objection)
            : genuine;
    }

    private static ValueTask<TokenResult> Refused(TokenFailure failure) => ValueTask.FromResult(TokenResult.Refused(failure));
}
