namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>A bounded number of calls at a time, and a bounded number who wait for their turn.</summary>
#pragma warning disable CA1001 // nobody asks for the semaphore's wait handle, and without one it holds nothing to dispose of
internal sealed class CallLane(int calls, int waiting)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turns = new(calls);
    private int _waiting;

    /// <returns>False at once if too many wait already, and when no turn came in time. Who entered must leave.</returns>
    public async ValueTask<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (_turns.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return true;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > waiting)
            {
                return false;
            }

            await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;   // the caller's patience is at its end: as if too many had been waiting
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Leave() => _turns.Release();
}
