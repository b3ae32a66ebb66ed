namespace Gatehouse.Tokens.Internal;

/// <summary>Writes down the verdict of each step of one verification.</summary>
internal sealed class VerificationTrace(Entrance entrance, DateTimeOffset now)
{
    private readonly List<ExplainedStep> _steps = [];

    public void Passed(string step, string words) => _steps.Add(new ExplainedStep(step, null, words));

    public void Failed(string step, TokenFailure failure) =>
        _steps.Add(new ExplainedStep(step, failure, FailureWords.Of(failure, claims: null, entrance, now)));

    /// <summary>Weighs a genuine token against every demand: whoever asks why wants all the reasons, not the first.</summary>
    public void Weigh(in EntranceQuestion question)
    {
        foreach (var demand in EntranceDemands.All)
        {
            _steps.Add(demand.IsMet(question)
                ? new ExplainedStep(demand.Name, null, "met")
                : new ExplainedStep(demand.Name, demand.Failure, FailureWords.Of(demand.Failure, question.Claims, entrance, now)));
        }
    }

    public TokenExplanation ToExplanation(TokenResult result) => new(result, _steps);
}
