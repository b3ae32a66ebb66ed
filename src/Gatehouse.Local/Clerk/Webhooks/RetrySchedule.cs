namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>When Svix tries again, and when it gives an endpoint up.</summary>
internal static class RetrySchedule
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    private static readonly long[] Delays = [0, 5 * Second, 5 * Minute, 30 * Minute, 2 * Hour, 5 * Hour, 10 * Hour, 10 * Hour];

    /// <summary>How long an endpoint may fail, without one success, before nothing is sent to it any more.</summary>
    public const long DisabledAfter = 5 * 24 * Hour;

    /// <summary>How long an answer may take. This is the receiver's time, and is never compressed.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Milliseconds from one failed attempt to the next; null after the last.</summary>
    /// <param name="attempts">How many have been made.</param>
    public static long? DelayAfter(int attempts) => attempts < Delays.Length ? Delays[attempts] : null;
}
