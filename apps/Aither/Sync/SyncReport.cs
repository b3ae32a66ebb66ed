namespace Aither.Sync;

/// <summary>What a sync did.</summary>
/// <param name="Courses">Courses pulled.</param>
/// <param name="Participations">Participations pulled.</param>
/// <param name="ResultsWritten">Results that differed at Hemera and were written.</param>
/// <param name="DurationMs">How long it took.</param>
internal sealed record SyncReport(int Courses, int Participations, int ResultsWritten, long DurationMs);
