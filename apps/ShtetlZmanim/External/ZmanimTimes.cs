using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.External;

/// <summary>The times of a day in its zone, to the second; null is what does not come on that day.</summary>
internal sealed record ZmanimTimes
{
    public required DateTimeOffset? Dawn { get; init; }

    public required DateTimeOffset? Sunrise { get; init; }

    public required DateTimeOffset? LatestShemaMagenAvraham { get; init; }

    public required DateTimeOffset? LatestShemaGra { get; init; }

    public required DateTimeOffset? LatestPrayerMagenAvraham { get; init; }

    public required DateTimeOffset? LatestPrayerGra { get; init; }

    public required DateTimeOffset Noon { get; init; }

    public required DateTimeOffset? MinchaGedola { get; init; }

    public required DateTimeOffset? MinchaKetana { get; init; }

    public required DateTimeOffset? PlagHamincha { get; init; }

    public required DateTimeOffset? Sunset { get; init; }

    public required DateTimeOffset? Nightfall { get; init; }

    public static ZmanimTimes Of(HalachicDay day, TimeZoneInfo zone)
    {
        return new ZmanimTimes
        {
            Dawn = Find(day.Dawn),
            Sunrise = Find(day.Sunrise),
            LatestShemaMagenAvraham = Find(day.LatestShemaMagenAvraham),
            LatestShemaGra = Find(day.LatestShemaGra),
            LatestPrayerMagenAvraham = Find(day.LatestPrayerMagenAvraham),
            LatestPrayerGra = Find(day.LatestPrayerGra),
            Noon = InZone(day.Noon, zone),
            MinchaGedola = Find(day.MinchaGedola),
            MinchaKetana = Find(day.MinchaKetana),
            PlagHamincha = Find(day.PlagHamincha),
            Sunset = Find(day.Sunset),
            Nightfall = Find(day.Nightfall),
        };

        DateTimeOffset? Find(DateTime? utc) => utc is { } time ? InZone(time, zone) : null;
    }

    private static DateTimeOffset InZone(DateTime utc, TimeZoneInfo zone)
    {
        var half = utc.AddTicks(TimeSpan.TicksPerSecond / 2);
        var rounded = new DateTimeOffset(half.AddTicks(-(half.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        return TimeZoneInfo.ConvertTime(rounded, zone);
    }
}
