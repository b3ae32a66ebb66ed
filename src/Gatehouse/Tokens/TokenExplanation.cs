namespace Gatehouse.Tokens;

/// <summary>Why a token was admitted or refused, step by step.</summary>
/// <param name="Result">What the verifier decides.</param>
/// <param name="Steps">The steps in their order. Those after a failure that ends verification were not taken.</param>
public sealed record TokenExplanation(TokenResult Result, IReadOnlyList<ExplainedStep> Steps);
