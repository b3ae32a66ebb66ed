namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>How many calls strangers may still waste: each takes one before it begins, and gives it back if it found a good token.</summary>
/// <remarks>Refilled evenly, a full load in each <see cref="Window"/>, so that a flood never shuts out everybody else for long.</remarks>
internal sealed class FruitlessCalls
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly int _most;
    private readonly TimeProvider _time;
    private double _left;
    private long _refilledAt;

    public FruitlessCalls(int most, TimeProvider time)
    {
        _most = most;
        _time = time;
        _left = most;
        _refilledAt = time.GetTimestamp();
    }

    public bool AreSpent
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _left < 1;
            }
        }
    }

    public bool TryTake()
    {
        lock (_gate)
        {
            Refill();
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }

    public void GiveBack()
    {
        lock (_gate)
        {
            _left = Math.Min(_most, _left + 1);
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _left = Math.Min(_most, _left + (_most * (_time.GetElapsedTime(_refilledAt, now) / Window)));
        _refilledAt = now;
    }
}
