namespace Hemera.Participations;

/// <summary>A change of a participation's result. What is absent stays as it is; null clears.</summary>
internal sealed record ResultUpdate
{
    public const int MaximumOutcomeLength = 200;
    public const int MaximumNotesLength = 10_000;

    public bool HasOutcome { get; init; }

    public string? Outcome { get; init; }

    public bool HasNotes { get; init; }

    public string? Notes { get; init; }

    public bool IsEmpty => !HasOutcome && !HasNotes;
}
