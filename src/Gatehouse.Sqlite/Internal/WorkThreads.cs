using System.Collections.Concurrent;

namespace Gatehouse.Sqlite.Internal;

/// <summary>A few threads for work that blocks, made when they are first needed.</summary>
/// <remarks>
/// Not the pool's: that has as many threads as the machine has cores, and grows by one or two a second. A handful of callers waiting for a
/// lock would hold them all, and every other request with them.
/// </remarks>
/// <param name="name">The threads' name, for whoever looks at a dump.</param>
internal sealed class WorkThreads(string name) : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Lock _gate = new();
    private int _begun;
    private int _threads;

    /// <summary>Does the work on one of the threads. There are as many as there was ever work at the same time: the caller bounds that.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _work.Add(() => Do(work, done));
            if (++_begun > _threads)
            {
                _threads++;
                new Thread(Loop) { IsBackground = true, Name = name }.Start();
            }
        }

        return done.Task;
    }

    /// <summary>Lets the threads end after what they have.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }

    private void Do<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            var result = work();
            End();
            done.SetResult(result);
        }
#pragma warning disable CA1031 // It belongs to whoever awaits the task.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            End();
            done.SetException(failure);
        }
    }

    // Before the caller hears of it: whoever takes the place then must find the thread free.
    private void End()
    {
        lock (_gate)
        {
            _begun--;
        }
    }
}
