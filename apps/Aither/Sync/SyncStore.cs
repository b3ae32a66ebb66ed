using Aither.Upstream;
using Dapper;
using Gatehouse.Sqlite;

namespace Aither.Sync;

/// <summary>What Hemera had at the last sync, and the attendance that results are made of.</summary>
internal sealed class SyncStore(SqliteDatabase database, TimeProvider time)
{
    /// <summary>Takes what was pulled in place of all that was there, in one transaction: what Hemera no longer has is gone here too.</summary>
    public Task<int> ReplaceAsync(IReadOnlyList<HemeraCourse> courses, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute("DELETE FROM courses; DELETE FROM participations;", transaction: transaction);
                connection.Execute(
                    "INSERT INTO courses (id, title, starts_at, ends_at, synced_at) VALUES (@Id, @Title, @StartsAt, @EndsAt, @now)",
                    courses.Select(course => new
                    {
                        course.Id,
                        course.Title,
                        StartsAt = course.StartsAt.ToUnixTimeMilliseconds(),
                        EndsAt = course.EndsAt.ToUnixTimeMilliseconds(),
                        now,
                    }),
                    transaction);
                var participations = connection.Execute(
                    """
                    INSERT INTO participations (id, course_id, status, result_outcome, result_notes, synced_at)
                    VALUES (@Id, @CourseId, @Status, @ResultOutcome, @ResultNotes, @now)
                    """,
                    courses.SelectMany(course => course.Participations, (course, participation) => new
                    {
                        participation.Id,
                        CourseId = course.Id,
                        participation.Status,
                        participation.ResultOutcome,
                        participation.ResultNotes,
                        now,
                    }),
                    transaction);
                transaction.Commit();
                return participations;
            },
            cancellationToken);
    }

    /// <summary>The results by Aither's attendance that Hemera does not have, by participation.</summary>
    public Task<List<(string ParticipationId, HemeraResult Result)>> FindDifferencesAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.Query<AttendedRow>(
                """
                SELECT p.id AS Id, p.result_outcome AS ResultOutcome, p.result_notes AS ResultNotes, a.minutes AS Attended,
                  (SELECT coalesce(sum(r.minutes), 0) FROM recordings r WHERE r.course_id = p.course_id) AS Total
                FROM participations p JOIN attendance a ON a.participation_id = p.id
                WHERE p.status = 'confirmed' ORDER BY p.id
                """)
                .Select(row => (row.Id, Result: AttendanceRule.Judge(row.Attended, row.Total), Known: new HemeraResult(row.ResultOutcome, row.ResultNotes)))
                .Where(row => row.Result is not null && row.Result != row.Known)
                .Select(row => (row.Id, row.Result!))
                .ToList(),
            cancellationToken);

    /// <summary>Remembers what Hemera now has.</summary>
    public Task<int> SaveResultAsync(HemeraParticipation participation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.RunAsync(
            connection => connection.Execute(
                "UPDATE participations SET result_outcome = @ResultOutcome, result_notes = @ResultNotes, synced_at = @now WHERE id = @Id",
                new { participation.Id, participation.ResultOutcome, participation.ResultNotes, now }),
            cancellationToken);
    }

    private sealed class AttendedRow
    {
        public required string Id { get; init; }

        public string? ResultOutcome { get; init; }

        public string? ResultNotes { get; init; }

        public required long Attended { get; init; }

        public required long Total { get; init; }
    }
}
