namespace ShtetlZmanim.Zmanim;

/// <summary>Finds the day of the sun that a date means.</summary>
internal static class CivilDay
{
    /// <summary>The first and the last date for which the sun's equations and the zones' rules are good to a minute.</summary>
    public static readonly DateOnly First = new(1900, 1, 1);

    /// <inheritdoc cref="First"/>
    public static readonly DateOnly Last = new(2100, 12, 31);

    /// <summary>When the mean sun is over the meridian on that date: of all its noons the one nearest to twelve o'clock in the zone.</summary>
    /// <returns>Null for a date that the zone left out, as those do that move across the date line.</returns>
    /// <remarks>Nearest to twelve, because on a meridian far from its zone, as on both sides of the date line, the noon of UTC's date would be another day's.</remarks>
    public static DateTime? FindMeanNoon(double longitude, DateOnly date, TimeZoneInfo zone)
    {
        var twelve = date.ToDateTime(new TimeOnly(12, 0));
        var twelveUtc = DateTime.SpecifyKind(twelve - zone.GetUtcOffset(twelve), DateTimeKind.Utc);
        if (DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(twelveUtc, zone)) != date)
        {
            return null;
        }

        var meanNoon = DateTime.SpecifyKind(twelve, DateTimeKind.Utc).AddMinutes(longitude * -4);
        return meanNoon.AddDays(Math.Round((twelveUtc - meanNoon).TotalDays));
    }
}
