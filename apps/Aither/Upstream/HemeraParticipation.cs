namespace Aither.Upstream;

/// <summary>A participation as Hemera has it. Aither knows it by its id, and does not keep whose it is.</summary>
public sealed record HemeraParticipation(string Id, string CourseId, string Status, string? ResultOutcome, string? ResultNotes);
