using Gatehouse.Clerk.Api;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Keeps calls of one class away from a Clerk that cannot answer them, so that its recovery is not held up by us.</summary>
/// <remarks>
/// A refused credential or a 429 pauses at once, for as long as Clerk says; anything else when it comes three times without an answer
/// between. The pause doubles from 1 second to 10 while calls go on failing.
/// </remarks>
internal sealed class CallPause(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LongestTold = TimeSpan.FromMinutes(1);

    private const int Patience = 3;

    private readonly Lock _gate = new();
    private int _failures;
    private int _pauses;
    private long _begunAt;
    private TimeSpan _length;

    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return Lasts;
            }
        }
    }

    private bool Lasts => time.GetElapsedTime(_begunAt) < _length;

    /// <returns>Whether this answer is the first after a pause.</returns>
    public bool Answered()
    {
        lock (_gate)
        {
            _failures = 0;
            if (Lasts)
            {
                return false;   // to a call that began before the pause: it does not end what Clerk asked for since
            }

            var recovered = _pauses > 0;
            _pauses = 0;
            return recovered;
        }
    }

    /// <returns>The pause that begins now, or null if none does.</returns>
    public TimeSpan? Failed(ClerkFailure failure, TimeSpan? told)
    {
        lock (_gate)
        {
            _failures++;
            if (Lasts || (_pauses == 0 && _failures < Patience && failure is not (ClerkFailure.Credentials or ClerkFailure.Throttled)))
            {
                return null;
            }

            _length = told > TimeSpan.Zero ? Min(told.Value, LongestTold) : Min(TimeSpan.FromSeconds(1 << Math.Min(_pauses, 4)), Longest);
            _begunAt = time.GetTimestamp();
            _pauses++;
            return _length;
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
