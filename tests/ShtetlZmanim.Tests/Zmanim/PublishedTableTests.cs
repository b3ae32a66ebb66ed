using System.Globalization;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.Tests.Zmanim;

public sealed class PublishedTableTests
{
    // A table's minute is the nearest one, so the true time is within half a minute of it; five seconds more are ours to be wrong by.
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(35);

    [Fact]
    public void Sunrise_noon_and_sunset_are_those_of_the_Naval_Observatory_to_the_minute()
    {
        var compared = 0;
        foreach (var row in PublishedTables.Read("usno.csv").Where(row => Math.Abs(row.Number("latitude")) < 72))
        {
            compared += Compare(row, HalfAMinute);
        }

        Assert.True(compared > 280, $"{compared} times compared");
    }

    // There the sun grazes the horizon, and a hundredth of a degree is many seconds; the Observatory says of its own tables that they are less exact.
    [Fact]
    public void Beyond_the_seventies_the_times_are_those_of_the_Naval_Observatory_to_three_minutes()
    {
        var compared = PublishedTables.Read("usno.csv").Where(row => Math.Abs(row.Number("latitude")) >= 72).Sum(row => Compare(row, TimeSpan.FromMinutes(3)));
        Assert.True(compared > 40, $"{compared} times compared");
    }

    [Fact]
    public void Where_the_tables_show_a_sun_that_stays_up_or_down_it_does()
    {
        var rows = PublishedTables.Read("usno.csv").Where(row => row["sunrise"] is "up" or "down").ToList();
        Assert.Equal(["Longyearbyen", "McMurdo", "Tromsø"], rows.Select(row => row["place"]).Distinct().Order());
        foreach (var row in rows)
        {
            var day = HalachicDay.Find(PlaceOf(row), row.Date("date"), TimeZoneInfo.Utc)!;
            Assert.Equal((null, null), (day.Sunrise, day.Sunset));
            Assert.Equal(row["sunrise"] == "up" ? DayNotes.NoSunset : DayNotes.NoSunrise, day.Notes[0]);
            Assert.Contains(DayNotes.NoHours, day.Notes);
        }
    }

    /// <summary>Twilights at 6, 12 and 18 degrees too, which dawn and nightfall lie between.</summary>
    [Fact]
    public void The_sun_crosses_every_depth_when_it_does_in_JPLs_ephemeris()
    {
        foreach (var row in PublishedTables.Read("de440.csv"))
        {
            var place = PlaceOf(row);
            var date = row.Date("day");
            var days = Enumerable.Range(-1, 3).Select(offset => SolarDayOf(place, date.AddDays(offset))).ToList();
            var tolerance = TimeSpan.FromSeconds(Math.Abs(place.Latitude) switch { < 60 => 8, < 72 => 20, _ => 90 });
            var depth = -row.Number("altitude");
            Assert.All(Instants(row["rises"]), expected => AssertNearest(expected, days.Select(day => day.Rise(depth)), tolerance, $"rise {Line(row)}"));
            Assert.All(Instants(row["sets"]), expected => AssertNearest(expected, days.Select(day => day.Set(depth)), tolerance, $"set {Line(row)}"));
            Assert.All(Instants(row["transits"]), expected => AssertNearest(expected, days.Select(day => (DateTime?)day.Noon), TimeSpan.FromSeconds(3), $"transit {Line(row)}"));
        }
    }

    private static int Compare(Dictionary<string, string> row, TimeSpan tolerance)
    {
        var date = row.Date("date");
        var days = Enumerable.Range(-1, 3).Select(offset => HalachicDay.Find(PlaceOf(row), date.AddDays(offset), TimeZoneInfo.Utc)!).ToList();
        (string Column, Func<HalachicDay, DateTime?> Of)[] events = [("sunrise", day => day.Sunrise), ("noon", day => day.Noon), ("sunset", day => day.Sunset)];
        var compared = 0;
        foreach (var (column, of) in events)
        {
            if (row.Time(column, date) is { } expected)
            {
                AssertNearest(expected, days.Select(of), tolerance, $"{column} {Line(row)}");
                compared++;
            }
        }

        return compared;
    }

    private static void AssertNearest(DateTime expected, IEnumerable<DateTime?> times, TimeSpan tolerance, string what)
    {
        var nearest = times.OfType<DateTime>().Select(time => (time - expected).Duration()).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        Assert.True(nearest <= tolerance, $"{what}: {nearest} away");
    }

    private static IEnumerable<DateTime> Instants(string cell) =>
        cell.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));

    private static SolarDay SolarDayOf(Place place, DateOnly date) => new(place, CivilDay.FindMeanNoon(place.Longitude, date, TimeZoneInfo.Utc)!.Value);

    private static Place PlaceOf(Dictionary<string, string> row) => new(row.Number("latitude"), row.Number("longitude"), 0);

    private static string Line(Dictionary<string, string> row) => string.Join(' ', row.Values);
}
