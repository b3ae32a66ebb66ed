using System.Globalization;
using System.Text;

namespace Analyzer.Events;

/// <summary>Writes one user's events to one answer, and a comment each ten seconds, until the time is over.</summary>
internal sealed class EventStream(EventStore store, EventBell bell, TimeProvider time, HttpResponse response, string userId)
{
    private const string Here = ": here\n\n";
    private const string Expired = $"event: {UserEvent.Expired}\ndata: {{}}\n\n";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private List<UserEvent> _read = [];
    private long _after;

    /// <summary>Finds where to go on from, and reads the first events. Before the answer begins, so that a database that is away is still a 503.</summary>
    /// <param name="after">The last event that the client has; null for none, and then only what happens from now on is told.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task PrepareAsync(long? after, CancellationToken cancellationToken)
    {
        // An id beyond the latest is of another database than this one.
        var latest = await store.FindLatestAsync(cancellationToken);
        _after = Math.Min(after ?? latest, latest);
        _read = await store.ReadAsync(userId, _after, cancellationToken);
    }

    public async Task RunAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";

        // The place at once: a client whose stream breaks off before anything has happened comes back for what happens meanwhile.
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"retry: 1000\nid: {_after}\n\n{Here}"), cancellationToken);
        while (true)
        {
            await SendReadAsync(cancellationToken);
            if (_read.Count < EventStore.Batch && !await WaitAsync(until, cancellationToken))
            {
                await SendAsync(Expired, cancellationToken);
                return;
            }

            // Without a ring too: another process may serve the same database.
            _read = await store.ReadAsync(userId, _after, cancellationToken);
        }
    }

    /// <returns>Whether there is time left.</returns>
    private async Task<bool> WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        if (!await bell.WaitAsync(left < Heartbeat ? left : Heartbeat, time, cancellationToken))
        {
            await SendAsync(Here, cancellationToken);
        }

        return true;
    }

    private async Task SendReadAsync(CancellationToken cancellationToken)
    {
        foreach (var happened in _read)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"id: {happened.Position}\nevent: {happened.Type}\ndata: {happened.Data}\n\n");
            await SendAsync(message, cancellationToken);
            _after = happened.Position;
        }
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
