using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>One step of a verification: met, refused for a reason, or not taken because nobody asked for it.</summary>
internal sealed record InspectedStep(string Name, StepState State, string Words, TokenFailure? Failure = null)
{
    public static InspectedStep Of(ExplainedStep step) =>
        new(step.Name, step.Passed ? StepState.Met : StepState.Refused, step.Words, step.Failure);
}
