namespace Gatehouse.Local.Upstash.Control;

/// <summary>How often the REST API fails on purpose: rates from 0 to 1, a delay before every answer, and the seed of its chance.</summary>
internal sealed record FaultSettings
{
    public const int DefaultSeed = 1;
    public const int MaximumDelayMilliseconds = 60_000;

    public static FaultSettings None { get; } = new();

    public int Seed { get; init; } = DefaultSeed;

    public double Status429 { get; init; }

    public double Status5xx { get; init; }

    public double Close { get; init; }

    public int DelayMilliseconds { get; init; }
}
