namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>How long is still waited for one exchange, and for whom: one timer, wound up anew by whatever moves.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _caller;
    private readonly CancellationToken _callerGone;
    private volatile bool _isForCaller;
    private volatile bool _isAnswered;

    public Patience(TimeProvider time, CancellationToken callerGone)
    {
        _callerGone = callerGone;
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _caller = callerGone.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    /// <summary>Ends whatever is being waited for: time has run out, or the caller has gone.</summary>
    public CancellationToken Token => _end.Token;

    public bool HasCallerGone => _callerGone.IsCancellationRequested;

    public bool HasRunOut => _end.IsCancellationRequested && !HasCallerGone;

    /// <summary>Whether it is the caller who is waited for, and not the upstream.</summary>
    public bool IsForCaller => _isForCaller;

    /// <summary>Whether the answer has begun. From then on it alone winds the timer: a request that goes on beside it may stand still.</summary>
    public bool IsAnswered
    {
        get => _isAnswered;
        set => _isAnswered = value;
    }

    public void AwaitUpstream(TimeSpan time)
    {
        _isForCaller = false;
        _end.CancelAfter(time);
    }

    public void AwaitCaller(TimeSpan time)
    {
        _isForCaller = true;
        _end.CancelAfter(time);
    }

    /// <summary>Ends whatever still waits: there is nothing left to wait for.</summary>
    public Task EndAsync() => _end.CancelAsync();

    public void Dispose()
    {
        _caller.Dispose();
        _end.Dispose();
    }
}
