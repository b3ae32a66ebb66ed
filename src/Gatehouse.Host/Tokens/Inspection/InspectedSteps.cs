using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>
/// What a verifier says at each step. Where it stops at key or signature, the demands of the entrance are weighed all the same, on claims
/// that nobody has verified: whoever asks wants to hear of the wrong origin too.
/// </summary>
internal static class InspectedSteps
{
    private static readonly HashSet<string> NotHere = new(StringComparer.Ordinal) { "revocations", "age of the revocations" };

    public static async Task<IReadOnlyList<InspectedStep>> OfAsync(
        string token, TokenResult? read, IKeySetSource? keys, GateSettings settings, CancellationToken cancellationToken)
    {
        var gate = new TokenGate(keys ?? new FixedKeySource(new KeySet()), settings);
        var steps = (await gate.ExplainAsync(token, cancellationToken)).Steps.Select(InspectedStep.Of).ToList();
        if (keys is null && steps[^1].Failure == TokenFailure.KeyUnknown)
        {
            steps[^1] = new InspectedStep("signature", StepState.NotLookedAt, "it was not looked at: give the issuer's keys with --jwks or --pem");
        }

        if (OpaquePrefix.ClassOf(token) != TokenClass.None && steps[^1].Failure == TokenFailure.Class)
        {
            steps[^1] = Refused("issuer's word", TokenFailure.NeedsClerk, settings);   // as verify answers
        }

        if (read is { } result && !steps.Exists(step => step.Name == "claims"))
        {
            steps.AddRange(result.Succeeded ? Weigh(result.Claims, settings) : [Refused("claims", result.Failure, settings)]);
        }

        if (keys is not null && await gate.VerifyAsync(token, cancellationToken) is { IsLocal: true, Result.Succeeded: true })
        {
            steps.Add(new InspectedStep("published key", StepState.NotLookedAt, "the local Clerk's, with which anybody can sign: --production refuses it"));
        }

        return [.. steps.Where(step => !NotHere.Contains(step.Name)).Select(step => Temper(step, settings)), .. Unasked(steps)];
    }

    private static InspectedStep Refused(string name, TokenFailure failure, GateSettings settings) =>
        new(name, StepState.Refused, FailureWords.Of(failure, claims: null, settings.Entrance, settings.Clock.GetUtcNow()), failure);

    private static IEnumerable<InspectedStep> Weigh(TokenClaims claims, GateSettings settings)
    {
        var now = settings.Clock.GetUtcNow();
        var issuer = new TokenIssuer(settings.Issuer ?? "any", new FixedKeySource(new KeySet()));
        var trace = new VerificationTrace(settings.Entrance, now);
        trace.Weigh(new EntranceQuestion(claims, issuer, settings.Entrance, null, now));
        return trace.ToExplanation(default).Steps.Select(InspectedStep.Of);
    }

    // A demand that was not made is met by anything: saying so would sound like a check.
    private static InspectedStep Temper(InspectedStep step, GateSettings settings) => step.Name switch
    {
        "issuer" when settings.Issuer is null => NotAsked(step, "--issuer"),
        "authorized party" when settings.Entrance.AuthorizedParties.Count == 0 => NotAsked(step, "--azp"),
        "audience" when settings.Entrance.Audiences.Count == 0 => NotAsked(step, "--audience"),
        _ => step,
    };

    private static InspectedStep NotAsked(InspectedStep step, string option) =>
        step with { State = StepState.NotLookedAt, Failure = null, Words = $"any is taken, since {option} was not given" };

    private static IEnumerable<InspectedStep> Unasked(List<InspectedStep> steps) =>
        steps.Exists(step => NotHere.Contains(step.Name))
            ? [new InspectedStep("revocations", StepState.NotLookedAt, "this tool has no list of them")]
            : [];
}
