namespace Gatehouse.Tokens.Internal;

/// <summary>Step 6, at every use of a genuine token, cached or not: whether it enters here and now.</summary>
internal sealed class EntranceJudge(TimeProvider time, RevocationList? revocations)
{
    public TokenResult Decide(TokenClaims claims, TokenIssuer issuer, Entrance entrance, VerificationTrace? trace)
    {
        var question = new EntranceQuestion(claims, issuer, entrance, revocations, time.GetUtcNow());
        trace?.Weigh(question);
        var (objection, reported) = EntranceDemands.Decide(question);
        return objection is { } failure ? TokenResult.Refused(failure, reported) : TokenResult.Admitted(claims, reported);
    }
}
