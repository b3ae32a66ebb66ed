using System.Runtime.InteropServices;

namespace Gatehouse.Limits.Internal;

/// <summary>One caller's two counters, and the arithmetic over them. No clock and no lock of its own.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SlidingWindow
{
    private long _window;
    private int _current;
    private int _previous;

    /// <summary>Whether nothing is left of it at that time, so that forgetting it changes no decision.</summary>
    public readonly bool IsSpent(long nowMilliseconds, long windowMilliseconds) => (nowMilliseconds / windowMilliseconds) - _window > 1;

    public LimitDecision Take(LimitPolicy policy, long nowMilliseconds)
    {
        var length = (long)policy.Window.TotalMilliseconds;
        MoveTo(nowMilliseconds / length);

        // A clock that was set back stands at the start of the window that was reached: the past is never opened again.
        var elapsed = Math.Max(0, nowMilliseconds - (_window * length));
        var weighted = _previous * (length - elapsed) / length;
        var used = weighted + _current;
        var allowed = used < policy.Limit;
        if (allowed)
        {
            _current++;
            used++;
        }

        var remaining = Math.Max(0, policy.Limit - used);
        return new LimitDecision(allowed, policy.Limit, remaining, DateTimeOffset.FromUnixTimeMilliseconds((_window + 1) * length));
    }

    private void MoveTo(long window)
    {
        if (window <= _window)
        {
            return;
        }

        _previous = window == _window + 1 ? _current : 0;
        _current = 0;
        _window = window;
    }
}
