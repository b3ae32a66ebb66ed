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

    private readonly TimeProvider _time;
    private readonly SignedTokenVerifier _signed;
    private readonly OpaqueTokenVerifier _opaque;

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
        TokenIssuer[] known = [.. issuers];
        if (known.Length == 0
            || Array.Exists(known, issuer => string.IsNullOrWhiteSpace(issuer.Name))
            || known.DistinctBy(issuer => issuer.Name, StringComparer.Ordinal).Count() != known.Length)
        {
            throw new ArgumentException("give at least one issuer, and each a name of its own", nameof(issuers));
        }

        var judge = new EntranceJudge(time, revocations);
        _time = time;
        _signed = new SignedTokenVerifier(known, time, judge, cacheSize);
        _opaque = new OpaqueTokenVerifier(known, judge);
    }

    /// <summary>Verifies a token for an entrance.</summary>
    /// <returns>The claims, or the first reason to refuse it. Never throws because of what the token is.</returns>
    public ValueTask<TokenResult> VerifyAsync(string token, Entrance entrance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(entrance);
        return _signed.TryVerifySeen(token, entrance, out var result)
            ? new ValueTask<TokenResult>(result)
            : VerifyAnewAsync(token, entrance, trace: null, cancellationToken);
    }

    /// <summary>Decides about a token that was verified before, without a text of its own being made of it.</summary>
    /// <returns>False for a token that was never seen, or whose key was withdrawn: it must be verified.</returns>
    internal bool TryVerifySeen(ReadOnlySpan<char> token, Entrance entrance, out TokenResult result) =>
        _signed.TryVerifySeen(token, entrance, out result);

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
        // 1. Shape. The steps after it are numbered where they are taken.
        if (token.Length > MaximumTokenLength)
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, TokenFailure.TooLarge, "shape"));
        }

        if (OpaquePrefix.ClassOf(token) is var opaque and not TokenClass.None)
        {
            return _opaque.VerifyAsync(token, opaque, entrance, trace, cancellationToken);
        }

        if (!UnverifiedToken.TryRead(token, out var unverified))
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, TokenFailure.Malformed, "shape"));
        }

        trace?.Passed("shape", "three parts in base64url, with a readable header");
        return _signed.VerifyAsync(unverified, entrance, trace, cancellationToken);
    }
}
