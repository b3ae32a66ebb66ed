namespace Gatehouse.Local.Clerk.Faults;

/// <summary>How often both APIs fail on purpose: rates from 0 to 1, and a delay before every answer.</summary>
internal sealed record ApiFaults
{
    public const int MaximumDelayMilliseconds = 60_000;

    public static ApiFaults None { get; } = new();

    public double Status429 { get; init; }

    public double Status5xx { get; init; }

    public double Close { get; init; }

    public int DelayMilliseconds { get; init; }
}
