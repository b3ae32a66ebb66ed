using Dapper;
using Gatehouse.Sqlite;
using Hemera.Participations;

namespace Hemera.Courses;

/// <summary>Reads courses.</summary>
internal sealed class CourseStore(SqliteDatabase database)
{
    public Task<List<CourseSummary>> ListAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.Query<CourseRow>(
                $"""
                SELECT {CourseRow.Columns}, (SELECT count(*) FROM participations p WHERE p.course_id = c.id) AS Participations
                FROM courses c ORDER BY c.starts_at, c.id
                """)
                .Select(row => new CourseSummary(row.ToCourse(), row.Participations))
                .ToList(),
            cancellationToken);

    public Task<CourseDetail?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection =>
            {
                // One snapshot for both statements.
                using var reading = connection.BeginTransaction(deferred: true);
                var course = connection.QuerySingleOrDefault<CourseRow>($"SELECT {CourseRow.Columns} FROM courses c WHERE c.id = @id", new { id }, reading);
                if (course is null)
                {
                    return null;
                }

                var participations = connection.Query<ParticipationRow>(
                    $"""
                    SELECT {ParticipationRow.Columns}, {ParticipationRow.PersonColumns}
                    FROM participations p JOIN users u ON u.id = p.user_id
                    WHERE p.course_id = @id ORDER BY p.created_at, p.id
                    """,
                    new { id },
                    reading);
                return new CourseDetail(course.ToCourse(), [.. participations.Select(row => new CourseParticipation(row.ToParticipation(), row.ToPerson()))]);
            },
            cancellationToken);
}
