using System.Runtime.InteropServices;
using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Limits;

/// <summary>Clerk's limits: a window of ten seconds, opened by its first request.</summary>
internal sealed class RequestLimiter(ClerkWorld world)
{
    private const long WindowMilliseconds = 10_000;
    private const int MostWindows = 10_000;
    private const string Backend = "backend";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    public LimitSettings Settings { get; set; } = LimitSettings.Off;

    /// <summary>Counts a request. Not null when it is one too many: seconds until the window ends.</summary>
    public int? Count(string? resource)
    {
        lock (_gate)
        {
            return Count(Backend, Settings.BackendPer10Seconds)
                ?? (resource is null ? null : Count($"resource {resource}", Settings.PerResourcePer10Seconds));
        }
    }

    /// <summary>Counts a request of a browser. Not null when it is one too many from that address: seconds until the window ends.</summary>
    public int? Count(FrontendLimit limit, string address)
    {
        var most = limit switch
        {
            FrontendLimit.SignInCreation or FrontendLimit.SignUpCreation => Settings.FrontendCreatesPer10Seconds,
            FrontendLimit.SignInAttempt or FrontendLimit.SignUpAttempt => Settings.FrontendAttemptsPer10Seconds,
            _ => 0,
        };
        lock (_gate)
        {
            return Count($"{limit} {address}", most);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _windows.Clear();
        }
    }

    private int? Count(string key, int limit)
    {
        if (limit == 0)
        {
            return null;
        }

        var now = world.Clock.NowMilliseconds;
        var window = _windows.GetValueOrDefault(key);
        if (window.Count == 0 || now >= window.Start + WindowMilliseconds || now < window.Start)
        {
            Prune(now);
            window = new Window(now, 0);
        }

        _windows[key] = window with { Count = window.Count + 1 };
        return window.Count < limit ? null : (int)Math.Ceiling((window.Start + WindowMilliseconds - now) / 1000.0);
    }

    private void Prune(long now)
    {
        if (_windows.Count < MostWindows)
        {
            return;
        }

        foreach (var (key, window) in _windows)
        {
            if (now >= window.Start + WindowMilliseconds)
            {
                _windows.Remove(key);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Window(long Start, int Count);
}
