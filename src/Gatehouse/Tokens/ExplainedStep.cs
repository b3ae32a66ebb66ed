namespace Gatehouse.Tokens;

/// <summary>One step of a verification.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Failure">What it failed for; null when it passed.</param>
/// <param name="Words">What was found, and for a failure what can be done. Without secrets.</param>
public sealed record ExplainedStep(string Name, TokenFailure? Failure, string Words)
{
    /// <summary>Whether the step passed.</summary>
    public bool Passed => Failure is null;
}
