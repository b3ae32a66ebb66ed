namespace Aither.Upstream;

/// <summary>A result as it is written to Hemera, both members always.</summary>
public sealed record HemeraResult(string? ResultOutcome, string? ResultNotes);
