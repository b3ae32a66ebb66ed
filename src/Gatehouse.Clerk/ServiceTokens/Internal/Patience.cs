using System.Security.Cryptography;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>How often and how long one request may still wait.</summary>
internal sealed class Patience(ServiceTokenOptions options)
{
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(30);

    private int _attempts = 1;
    private TimeSpan _waited;

    /// <summary>The pause after one more 429, or null if patience is at its end.</summary>
    /// <param name="told">What the answer asks for, if it does.</param>
    public TimeSpan? Next(TimeSpan? told)
    {
        var pause = told > TimeSpan.Zero ? told.Value : Jitter(Backoff(options.RetryDelay, _attempts));
        if (_attempts >= options.MaximumAttempts || pause > options.MaximumWait - _waited)
        {
            return null;
        }

        _attempts++;
        _waited += pause;
        return pause;
    }

    internal static TimeSpan Backoff(TimeSpan first, int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(first.TotalMilliseconds * Math.Pow(2, attempt - 1), MaximumPause.TotalMilliseconds));

    // Between half of it and all of it, so that callers who were refused together do not come back together.
    internal static TimeSpan Jitter(TimeSpan pause) => pause * (RandomNumberGenerator.GetInt32(500, 1001) / 1000.0);
}
