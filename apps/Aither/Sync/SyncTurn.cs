namespace Aither.Sync;

/// <summary>One sync at a time.</summary>
/// <remarks>
/// A second caller is refused, and not given the first one's report: that run may have read Hemera before the change which the second
/// caller wants to see.
/// </remarks>
internal sealed class SyncTurn
{
    private int _taken;

    public bool TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

    public void Release() => Volatile.Write(ref _taken, 0);
}
