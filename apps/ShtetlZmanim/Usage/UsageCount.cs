namespace ShtetlZmanim.Usage;

/// <summary>How often a caller called in an hour.</summary>
/// <param name="Caller">The caller's key.</param>
/// <param name="Hour">The hour's beginning, unix milliseconds.</param>
/// <param name="Requests">All its calls.</param>
/// <param name="Refused">Those that the limit refused.</param>
internal sealed record UsageCount(string Caller, long Hour, long Requests, long Refused)
{
    private const long HourMilliseconds = 3_600_000;

    /// <summary>The beginning of the hour that a time lies in, unix milliseconds.</summary>
    public static long HourOf(DateTimeOffset time)
    {
        var milliseconds = time.ToUnixTimeMilliseconds();
        return milliseconds - (milliseconds % HourMilliseconds);
    }

    public UsageCount Plus(UsageCount more) => this with { Requests = Requests + more.Requests, Refused = Refused + more.Refused };
}
