namespace Gatehouse.Access;

/// <summary>How recently, and by what, somebody must have proved who they are. The presets are Clerk's.</summary>
/// <param name="Level">Which factors.</param>
/// <param name="Within">The age, in whole minutes, that each must be below. From 1 minute.</param>
public sealed record Reverification(FactorLevel Level, TimeSpan Within)
{
    /// <summary>Both factors within 10 minutes.</summary>
    public static Reverification StrictMultiFactor { get; } = new(FactorLevel.MultiFactor, TimeSpan.FromMinutes(10));

    /// <summary>The second factor within 10 minutes.</summary>
    public static Reverification Strict { get; } = new(FactorLevel.SecondFactor, TimeSpan.FromMinutes(10));

    /// <summary>The second factor within an hour.</summary>
    public static Reverification Moderate { get; } = new(FactorLevel.SecondFactor, TimeSpan.FromHours(1));

    /// <summary>The second factor within a day.</summary>
    public static Reverification Lax { get; } = new(FactorLevel.SecondFactor, TimeSpan.FromDays(1));

    /// <summary>Whether these ages are young enough. A factor that was never verified proves nothing.</summary>
    /// <param name="firstFactorAge">Minutes since the first was verified; null for never, or not said.</param>
    /// <param name="secondFactorAge">Minutes since the second was verified; null for never, not enrolled, or not said.</param>
    public bool IsMetBy(int? firstFactorAge, int? secondFactorAge)
    {
        var (first, second) = (IsRecent(firstFactorAge), IsRecent(secondFactorAge));
        return Level switch
        {
            FactorLevel.FirstFactor => first,
            FactorLevel.SecondFactor => secondFactorAge is null ? first : second,
            FactorLevel.MultiFactor => first && (secondFactorAge is null || second),
            _ => false,
        };
    }

    private bool IsRecent(int? age) => age < Within.TotalMinutes;
}
