namespace ShtetlZmanim.Zmanim;

/// <summary>The times of one day, UTC; null is what does not come on that day.</summary>
/// <remarks>
/// Which opinions these are: dawn at 16.1 degrees and nightfall at 8.5; the hours of the Vilna Gaon (GRA) are the twelfths of the day from
/// sunrise to sunset, those of the Magen Avraham of the day from 72 minutes before sunrise to 72 minutes after sunset. Both at sea level:
/// elevation moves sunrise and sunset alone.
/// </remarks>
internal sealed record HalachicDay
{
    private static readonly TimeSpan MagenAvraham = TimeSpan.FromMinutes(72);

    /// <summary>Alot hashachar.</summary>
    public DateTime? Dawn { get; init; }

    /// <summary>Hanetz hachamah, at the horizon of the place's elevation.</summary>
    public DateTime? Sunrise { get; init; }

    /// <summary>Sof zman kriat shema: three hours of the Magen Avraham.</summary>
    public DateTime? LatestShemaMagenAvraham { get; init; }

    /// <summary>Sof zman kriat shema: three hours of the Gaon.</summary>
    public DateTime? LatestShemaGra { get; init; }

    /// <summary>Sof zman tefillah: four hours of the Magen Avraham.</summary>
    public DateTime? LatestPrayerMagenAvraham { get; init; }

    /// <summary>Sof zman tefillah: four hours of the Gaon.</summary>
    public DateTime? LatestPrayerGra { get; init; }

    /// <summary>Chatzot hayom: the sun over the meridian. It comes in polar days and nights too.</summary>
    public required DateTime Noon { get; init; }

    /// <summary>Six hours and a half of the Gaon.</summary>
    public DateTime? MinchaGedola { get; init; }

    /// <summary>Nine hours and a half of the Gaon.</summary>
    public DateTime? MinchaKetana { get; init; }

    /// <summary>Ten hours and three quarters of the Gaon.</summary>
    public DateTime? PlagHamincha { get; init; }

    /// <summary>Shkiah, at the horizon of the place's elevation.</summary>
    public DateTime? Sunset { get; init; }

    /// <summary>Tzeit hakochavim.</summary>
    public DateTime? Nightfall { get; init; }

    /// <summary>Why times are missing, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <returns>Null for a date that the zone left out.</returns>
    public static HalachicDay? Find(Place place, DateOnly date, TimeZoneInfo zone) =>
        CivilDay.FindMeanNoon(place.Longitude, date, zone) is { } meanNoon ? Of(place, new SolarDay(place, meanNoon)) : null;

    private static HalachicDay Of(Place place, SolarDay sun)
    {
        var horizon = Horizon.At(place.Elevation);
        var day = new HalachicDay
        {
            Noon = sun.Noon,
            Dawn = sun.Rise(Horizon.Dawn),
            Sunrise = sun.Rise(horizon),
            Sunset = sun.Set(horizon),
            Nightfall = sun.Set(Horizon.Nightfall),
        };
        if (sun.Rise(Horizon.SeaLevel) is { } sunrise && sun.Set(Horizon.SeaLevel) is { } sunset)
        {
            day = day.WithHours(sunrise, sunset);
        }

        return day with { Notes = [.. DayNotes.Of(day, sun, place.Elevation)] };
    }

    private HalachicDay WithHours(DateTime sunrise, DateTime sunset)
    {
        var hour = (sunset - sunrise) / 12;
        var longHour = (sunset - sunrise + (2 * MagenAvraham)) / 12;
        return this with
        {
            LatestShemaMagenAvraham = sunrise - MagenAvraham + (3 * longHour),
            LatestShemaGra = sunrise + (3 * hour),
            LatestPrayerMagenAvraham = sunrise - MagenAvraham + (4 * longHour),
            LatestPrayerGra = sunrise + (4 * hour),
            MinchaGedola = sunrise + (6.5 * hour),
            MinchaKetana = sunrise + (9.5 * hour),
            PlagHamincha = sunrise + (10.75 * hour),
        };
    }
}
