using Dapper;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace ShtetlZmanim.Usage;

/// <summary>Each caller's calls by the hour.</summary>
internal sealed class UsageStore(SqliteDatabase database, UsageBook book, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly TimeSpan Reported = TimeSpan.FromDays(7);

    // Whoever reads must not miss what another is just storing.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Stores what has been counted, all of it or nothing: what could not be stored is counted still.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await SaveCountsAsync(book.Take(), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What a caller has used in the last seven days, this hour included.</summary>
    public async Task<UsageReport> ReportAsync(string clientId, string caller, CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        var from = UsageCount.HourOf(time.GetUtcNow() - Reported);
        var rows = await database.RunAsync(
            connection => connection.Query<UsageCount>(
                "SELECT caller, hour, requests, refused FROM usage WHERE caller = @caller AND hour >= @from ORDER BY hour DESC",
                new { caller, from }).ToList(),
            cancellationToken);
        var hours = rows.ConvertAll(row => new UsageHour(DateTimeOffset.FromUnixTimeMilliseconds(row.Hour), row.Requests, row.Refused));
        return new UsageReport(clientId, DateTimeOffset.FromUnixTimeMilliseconds(from), hours.Sum(hour => hour.Requests), hours.Sum(hour => hour.Refused), hours);
    }

    public void Dispose() => _turn.Dispose();

    private async Task SaveCountsAsync(IReadOnlyCollection<UsageCount> counts, CancellationToken cancellationToken)
    {
        if (counts.Count == 0)
        {
            return;
        }

        var oldest = (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds();
        try
        {
            await database.RunAsync(connection => Save(connection, counts, oldest), cancellationToken);
        }
        catch
        {
            book.Add(counts);
            throw;
        }
    }

    private static int Save(SqliteConnection connection, IEnumerable<UsageCount> counts, long oldest)
    {
        using var transaction = connection.BeginTransaction();
        var saved = connection.Execute(
            """
            INSERT INTO usage (caller, hour, requests, refused) VALUES (@Caller, @Hour, @Requests, @Refused)
            ON CONFLICT (caller, hour) DO UPDATE SET requests = requests + excluded.requests, refused = refused + excluded.refused
            """,
            counts,
            transaction);
        connection.Execute("DELETE FROM usage WHERE hour < @oldest", new { oldest }, transaction);
        transaction.Commit();
        return saved;
    }
}
