namespace Gatehouse.Tokens.Internal;

/// <summary>Verifies tokens that say nothing by themselves: their issuer is asked, and its word then weighed at the entrance.</summary>
internal sealed class OpaqueTokenVerifier(IEnumerable<TokenIssuer> issuers, EntranceJudge judge)
{
    private readonly TokenIssuer[] _asked = [.. issuers.Where(issuer => issuer.OpaqueTokens is not null)];

    public ValueTask<TokenResult> VerifyAsync(
        string token, TokenClass tokenClass, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        trace?.Passed("shape", $"opaque; its prefix says {tokenClass}");
        if (!entrance.Takes(tokenClass) && !entrance.ReportOnly.Contains(TokenFailure.Class))
        {
            return ValueTask.FromResult(VerificationTrace.Refuse(trace, TokenFailure.Class, "class"));
        }

        // Nothing in an opaque token says whose it is; nearly always there is only one who can be asked.
        var only = FindOnly(entrance);
        if (only is null)
        {
            return AskOneAfterAnotherAsync(token, tokenClass, entrance, trace, cancellationToken);
        }

        var lookup = only.OpaqueTokens!.FindAsync(token, tokenClass, cancellationToken);
        return lookup.IsCompletedSuccessfully
            ? new ValueTask<TokenResult>(DecideByWord(lookup.Result, tokenClass, only, entrance, trace))
            : DecideWhenAnsweredAsync(lookup, tokenClass, only, entrance, trace);
    }

    // Whose tokens this entrance does not take is not told of its tokens either.
    private TokenIssuer? FindOnly(Entrance entrance)
    {
        TokenIssuer? only = null;
        foreach (var issuer in _asked)
        {
            if (entrance.Takes(issuer))
            {
                if (only is not null)
                {
                    return null;
                }

                only = issuer;
            }
        }

        return only;
    }

    private async ValueTask<TokenResult> DecideWhenAnsweredAsync(
        ValueTask<OpaqueLookup> lookup, TokenClass tokenClass, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace) =>
        DecideByWord(await lookup.ConfigureAwait(false), tokenClass, issuer, entrance, trace);

    private async ValueTask<TokenResult> AskOneAfterAnotherAsync(
        string token, TokenClass tokenClass, Entrance entrance, VerificationTrace? trace, CancellationToken cancellationToken)
    {
        (OpaqueLookup Answer, TokenIssuer Issuer)? heard = null;
        foreach (var issuer in _asked.Where(entrance.Takes))
        {
            var answer = await issuer.OpaqueTokens!.FindAsync(token, tokenClass, cancellationToken).ConfigureAwait(false);
            if (answer.Found)
            {
                return DecideByWord(answer, tokenClass, issuer, entrance, trace);
            }

            // Unknown to one and unheard from another: nobody can say that it is unknown.
            heard = heard is null || answer.Failure.IsOurs() ? (answer, issuer) : heard;
        }

        return heard is { } last
            ? DecideByWord(last.Answer, tokenClass, last.Issuer, entrance, trace)
            : VerificationTrace.Refuse(trace, TokenFailure.NeedsClerk, "issuer's word");
    }

    private TokenResult DecideByWord(
        OpaqueLookup lookup, TokenClass tokenClass, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace)
    {
        // An answer about a token of another class than the prefix says is an answer to another question: believed, it would make a
        // machine's token a session.
        if (lookup.Token?.Class != tokenClass)
        {
            return VerificationTrace.Refuse(trace, lookup.Found ? TokenFailure.Class : lookup.Failure, "issuer's word");
        }

        trace?.Passed("issuer's word", $"{issuer.Name} knows it as good");
        return judge.Decide(lookup.Token.ToClaims(issuer), issuer, entrance, trace);
    }
}
