namespace Analyzer.Events;

/// <summary>One stream's bell. A ring that comes while nobody waits is heard by the next wait: nothing is missed between reading and waiting.</summary>
internal sealed class EventBell(Action<EventBell> leave) : IDisposable
{
    private volatile TaskCompletionSource _rung = New();

    public void Ring() => _rung.TrySetResult();

    /// <returns>Whether it rang in time.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        var rung = _rung;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(atMost, time, waiting.Token);
        var first = await Task.WhenAny(rung.Task, pause);
        if (first == pause)
        {
            await pause;   // tells of a cancellation
            return false;
        }

        // Before the reading that follows: what happens from here on rings the new one.
        _rung = New();
        await waiting.CancelAsync();
        return true;
    }

    public void Dispose() => leave(this);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
