using System.Collections.Concurrent;

namespace Gatehouse.Internal;

/// <summary>Any number of callers who want the same thing at the same time share one making of it.</summary>
/// <remarks>
/// The work belongs to nobody: a caller who stops waiting does not stop it for the others. A failure is given to all who waited for that
/// flight and is not remembered: the next caller starts anew.
/// </remarks>
internal sealed class SingleFlight<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> _flights = new();

    /// <summary>Joins the flight for this key, or starts it.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="make">Makes it. Bounds its own time: no caller's token reaches it.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public Task<TValue> RunAsync(TKey key, Func<TKey, Task<TValue>> make, CancellationToken cancellationToken)
    {
        var mine = new Lazy<Task<TValue>>(() => Start(key, make));
        var flight = _flights.GetOrAdd(key, mine);
        return flight.Value.WaitAsync(cancellationToken);
    }

    // On a thread of the pool, so that the entry stands in the table before it can be removed from it; and without what flows with the
    // caller who happens to come first (its request, its trace, its culture), because the others' requests are served by it as well.
    private Task<TValue> Start(TKey key, Func<TKey, Task<TValue>> make)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => FlyAsync(key, make));
        }
    }

    private async Task<TValue> FlyAsync(TKey key, Func<TKey, Task<TValue>> make)
    {
        try
        {
            return await make(key).ConfigureAwait(false);
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }
}
