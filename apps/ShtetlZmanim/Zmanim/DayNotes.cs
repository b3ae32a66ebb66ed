namespace ShtetlZmanim.Zmanim;

/// <summary>Says why times of a day are missing, and what elevation did.</summary>
internal static class DayNotes
{
    public const string NoSunrise = "The sun does not rise on this day.";
    public const string NoSunset = "The sun does not set on this day.";
    public const string RisesToStay = "The sun rises on this day and does not set before the midnight after.";
    public const string SetsToStay = "The sun is up at the midnight before this day, and sets.";
    public const string NoHours = "Times that are parts of the day need a sunrise and a sunset at sea level, and this day does not have both.";
    public const string NoDawn = "The night before is too light for a dawn: the sun does not sink to 16.1 degrees below the horizon.";
    public const string NoNightfall = "The night after is too light for a nightfall: the sun does not sink to 8.5 degrees below the horizon.";
    public const string DarkDay = "The sun does not come up to 16.1 degrees below the horizon: there is no dawn.";
    public const string DarkEvening = "The sun does not come up to 8.5 degrees below the horizon: it is night throughout, and there is no nightfall.";
    public const string Elevation = "Elevation moves sunrise and sunset; all other times are those of sea level.";

    public static IEnumerable<string> Of(HalachicDay day, SolarDay sun, double elevation)
    {
        if (Sun(day, sun, Horizon.At(elevation)) is { } missing)
        {
            yield return missing;
        }

        if (day.LatestShemaGra is null)
        {
            yield return NoHours;
        }

        if (day.Dawn is null)
        {
            yield return sun.Highest <= -Horizon.Dawn ? DarkDay : NoDawn;
        }

        if (day.Nightfall is null)
        {
            yield return sun.Highest <= -Horizon.Nightfall ? DarkEvening : NoNightfall;
        }

        if (elevation > 0)
        {
            yield return Elevation;
        }
    }

    private static string? Sun(HalachicDay day, SolarDay sun, double horizon) => day switch
    {
        { Sunrise: not null, Sunset: not null } => null,
        { Sunrise: not null } => RisesToStay,
        { Sunset: not null } => SetsToStay,
        _ => sun.Highest <= -horizon ? NoSunrise : NoSunset,
    };
}
