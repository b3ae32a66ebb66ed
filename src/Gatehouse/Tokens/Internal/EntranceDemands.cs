using System.Collections.Frozen;

namespace Gatehouse.Tokens.Internal;

/// <summary>What is decided at every use of a genuine token, cached or not: one named check a demand, in the order of the failures.</summary>
internal static class EntranceDemands
{
    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<EntranceDemand> All => List;

    private static readonly EntranceDemand[] List =
    [
        new("class", TokenFailure.Class, HasClass),
        new("issuer", TokenFailure.Issuer, NamesItsIssuer),
        new("authorized party", TokenFailure.AuthorizedParty, NamesAParty),
        new("audience", TokenFailure.Audience, IsMeantForUs),
        new("expiry", TokenFailure.Expired, HasNotExpired),
        new("start", TokenFailure.NotYetValid, HasBegun),
        new("time of issue", TokenFailure.IssuedInFuture, WasIssued),
        new("lifetime", TokenFailure.Lifetime, LivesShortly),
        new("receiver", TokenFailure.Scope, NamesThisReceiver),
        new("outstanding tasks", TokenFailure.Pending, IsFinished),
        new("revocations", TokenFailure.Revoked, IsNotRevoked),
        new("age of the revocations", TokenFailure.RevocationsStale, RevocationsAreFresh),
    ];

    /// <summary>The first demand that is not met; and what would have been, had the entrance not been told to report it only.</summary>
    public static (TokenFailure? Objection, TokenFailure Reported) Decide(in EntranceQuestion question)
    {
        var reported = TokenFailure.Unverified;
        foreach (var demand in List)
        {
            if (demand.IsMet(question))
            {
                continue;
            }

            if (!question.Entrance.ReportOnly.Contains(demand.Failure))
            {
                return (demand.Failure, reported);
            }

            reported = reported == TokenFailure.Unverified ? demand.Failure : reported;
        }

        return (null, reported);
    }

    private static bool HasClass(in EntranceQuestion question) => question.Entrance.Takes(question.Claims.Class);

    private static bool NamesItsIssuer(in EntranceQuestion question) =>
        string.Equals(question.Claims.Issuer, question.Issuer.Name, StringComparison.Ordinal) && question.Entrance.Takes(question.Issuer);

    private static bool NamesAParty(in EntranceQuestion question)
    {
        var (claims, entrance) = (question.Claims, question.Entrance);
        if (entrance.AuthorizedParties.Count == 0 || claims.Class is not (TokenClass.Session or TokenClass.Template))
        {
            return true;
        }

        return claims.AuthorizedParty is { } party ? entrance.AuthorizedParties.Contains(party) : entrance.AdmitAbsentParty;
    }

    private static bool IsMeantForUs(in EntranceQuestion question)
    {
        var (claims, entrance) = (question.Claims, question.Entrance);
        if (claims.Class == TokenClass.Template && entrance.TemplateClaim is { } claim && string.IsNullOrEmpty(claims.FindText(claim)))
        {
            return false;
        }

        // A machine token's audience is the list of its receivers, and an API key has none. A foreign issuer's tokens are made for
        // everybody who trusts it: without an audience of ours in them they are made for somebody else.
        return claims.Class is TokenClass.M2M or TokenClass.ApiKey
            || (entrance.Audiences.Count == 0 && !question.Issuer.IsOpenIdConnect)
            || HasAny(claims.Audiences, entrance.Audiences);
    }

    private static bool HasNotExpired(in EntranceQuestion question) =>
        question.Entrance.AdmitExpired || question.Claims.ExpiresAt > question.Now - question.Entrance.Skew;

    private static bool HasBegun(in EntranceQuestion question) =>
        question.Claims.NotBefore is not { } start || start <= question.Now + question.Entrance.Skew;

    private static bool WasIssued(in EntranceQuestion question) =>
        question.Claims.IssuedAt is not { } issued || issued <= question.Now + question.Entrance.Skew;

    // Without iat nobody can say how long it lives, so it lives too long. An opaque token is asked about again and again, and may live on.
    private static bool LivesShortly(in EntranceQuestion question) =>
        question.Claims.IsOpaque
        || (question.Claims.IssuedAt is { } issued
            && question.Claims.ExpiresAt - issued <= question.Entrance.MaximumLifetimes.Of(question.Claims.Class));

    private static bool NamesThisReceiver(in EntranceQuestion question) =>
        question.Claims.Class != TokenClass.M2M
        || (question.Entrance.MachineId is { } machine && Has(question.Claims.Scopes, machine));

    private static bool IsFinished(in EntranceQuestion question) => !question.Claims.IsPending || question.Entrance.AdmitPending;

    private static bool IsNotRevoked(in EntranceQuestion question) => question.Revocations?.Contains(question.Claims) != true;

    private static bool RevocationsAreFresh(in EntranceQuestion question) =>
        question.Entrance.AdmitStaleRevocations
        || question.Revocations is not { IsStale: true }
        || (question.Claims.IssuedAt is { } issued && question.Claims.ExpiresAt - issued <= RevocationList.StaleAfter);

    // Loops by hand, because this runs at every request and must not allocate an enumerator.
    private static bool HasAny(IReadOnlyList<string> texts, FrozenSet<string> wanted)
    {
        for (var n = 0; n < texts.Count; n++)
        {
            if (wanted.Contains(texts[n]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(IReadOnlyList<string> texts, string wanted)
    {
        for (var n = 0; n < texts.Count; n++)
        {
            if (string.Equals(texts[n], wanted, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
