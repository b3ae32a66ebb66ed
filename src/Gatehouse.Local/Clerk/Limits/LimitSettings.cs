namespace Gatehouse.Local.Clerk.Limits;

/// <summary>How many requests are answered in ten seconds; 0 for any number.</summary>
internal sealed record LimitSettings(int BackendPer10Seconds, int PerResourcePer10Seconds)
{
    public const int Most = 1_000_000;

    public static LimitSettings Off { get; } = new(0, 0);
}
