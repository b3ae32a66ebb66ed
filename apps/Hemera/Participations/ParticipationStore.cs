using Dapper;
using Gatehouse.Sqlite;
using Hemera.Courses;

namespace Hemera.Participations;

/// <summary>Reads participations and writes their results.</summary>
internal sealed class ParticipationStore(SqliteDatabase database, TimeProvider time)
{
    public Task<ParticipationDetail?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection =>
            {
                // One snapshot for both statements.
                using var reading = connection.BeginTransaction(deferred: true);
                var row = connection.QuerySingleOrDefault<ParticipationRow>(
                    $"""
                    SELECT {ParticipationRow.Columns}, {ParticipationRow.PersonColumns}
                    FROM participations p JOIN users u ON u.id = p.user_id WHERE p.id = @id
                    """,
                    new { id },
                    reading);
                if (row is null)
                {
                    return null;
                }

                var course = connection.QuerySingle<CourseRow>(
                    $"SELECT {CourseRow.Columns} FROM courses c WHERE c.id = @CourseId", new { row.CourseId }, reading);
                return new ParticipationDetail(row.ToParticipation(), course.ToCourse(), row.ToPerson());
            },
            cancellationToken);

    /// <summary>Writes what the update names and leaves the rest; twice is once.</summary>
    /// <returns>The participation as it then is; null for an unknown one.</returns>
    public Task<Participation?> UpdateResultAsync(string id, ResultUpdate update, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.RunAsync(
            connection =>
            {
                var row = update.IsEmpty
                    ? connection.QuerySingleOrDefault<ParticipationRow>($"SELECT {ParticipationRow.Columns} FROM participations p WHERE p.id = @id", new { id })
                    : connection.QuerySingleOrDefault<ParticipationRow>(
                        $"""
                        UPDATE participations AS p SET
                          result_outcome = CASE WHEN @HasOutcome THEN @Outcome ELSE p.result_outcome END,
                          result_notes = CASE WHEN @HasNotes THEN @Notes ELSE p.result_notes END,
                          updated_at = @now
                        WHERE p.id = @id
                        RETURNING {ParticipationRow.Columns.Replace("p.", "", StringComparison.Ordinal)}
                        """,
                        new { id, now, update.HasOutcome, update.Outcome, update.HasNotes, update.Notes });
                return row?.ToParticipation();
            },
            cancellationToken);
    }
}
