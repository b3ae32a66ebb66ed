using Dapper;
using Gatehouse.Sqlite;

namespace Aither.Library;

/// <summary>What Aither holds, by course.</summary>
internal sealed class LibraryStore(SqliteDatabase database)
{
    public Task<ILookup<string, Recording>> RecordingsAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.Query<RecordingRow>(
                "SELECT id AS Id, course_id AS CourseId, title AS Title, recorded_at AS RecordedAt, minutes AS Minutes, url AS Url "
                + "FROM recordings ORDER BY recorded_at, id")
                .ToLookup(
                    row => row.CourseId,
                    row => new Recording(row.Id, row.Title, DateTimeOffset.FromUnixTimeMilliseconds(row.RecordedAt), row.Minutes, row.Url),
                    StringComparer.Ordinal),
            cancellationToken);

    public Task<ILookup<string, Slide>> SlidesAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => connection.Query<SlideRow>("SELECT id AS Id, course_id AS CourseId, title AS Title, pages AS Pages, url AS Url FROM slides ORDER BY id")
                .ToLookup(row => row.CourseId, row => new Slide(row.Id, row.Title, row.Pages, row.Url), StringComparer.Ordinal),
            cancellationToken);

    private sealed record RecordingRow(string Id, string CourseId, string Title, long RecordedAt, long Minutes, string Url);

    private sealed record SlideRow(string Id, string CourseId, string Title, long Pages, string Url);
}
