using System.Globalization;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.Tests.Zmanim;

/// <summary>
/// Against KosherJava's calendar, which most printed ones are made with: its <c>ZmanimCalendar</c> has these same opinions as its defaults.
/// The figures are those that its ports are tested with.
/// </summary>
public sealed class KnownCalendarTests
{
    // The port's figures of 2010 are from an older algorithm of the Naval Observatory, and a printed minute is half a minute either way.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>KosherJava 2 (NOAA), 17 October 2017, of the tests of python-zmanim and rust-zmanim: sunrise and sunset at elevation, and at sea level.</summary>
    [Theory]
    [InlineData("Lakewood", 40.0721087, -74.2400243, 15, "America/New_York", "07:09:11", "18:14:38", "07:09:51", "18:13:58")]
    [InlineData("Jerusalem", 31.7781161, 35.233804, 740, "Asia/Jerusalem", "06:39:32", "18:08:46", "06:43:43", "18:04:36")]
    [InlineData("Los Angeles", 34.0201613, -118.6919095, 71, "America/Los_Angeles", "07:00:25", "18:19:05", "07:01:45", "18:17:45")]
    [InlineData("Tokyo", 35.6733227, 139.6403486, 40, "Asia/Tokyo", "05:48:20", "17:04:46", "05:49:21", "17:03:45")]
    [InlineData("Samoa", -13.8599098, -171.8031745, 1858, "Pacific/Apia", "06:54:18", "19:31:07", "07:00:05", "19:25:19")]
    public void Elevation_moves_sunrise_and_sunset_as_in_KosherJava(
        string name, double latitude, double longitude, double elevation, string zone, string rise, string set, string seaRise, string seaSet)
    {
        var date = new DateOnly(2017, 10, 17);
        var high = HalachicDay.Find(new Place(latitude, longitude, elevation), date, Zone(zone))!;
        var low = HalachicDay.Find(new Place(latitude, longitude, 0), date, Zone(zone))!;
        AssertLocal(date, rise, high.Sunrise, zone, $"{name} sunrise");
        AssertLocal(date, set, high.Sunset, zone, $"{name} sunset");
        AssertLocal(date, seaRise, low.Sunrise, zone, $"{name} sunrise at sea level");
        AssertLocal(date, seaSet, low.Sunset, zone, $"{name} sunset at sea level");
        Assert.Contains(DayNotes.Elevation, high.Notes);
        Assert.Empty(low.Notes);
        Assert.Equal(low with { Sunrise = null, Sunset = null, Notes = [] }, high with { Sunrise = null, Sunset = null, Notes = [] });
    }

    /// <summary>KosherJava, Lakewood (New Jersey), 2 April 2010, of the tests of its .NET port.</summary>
    [Fact]
    public void Dawn_and_the_hours_are_those_of_KosherJava()
    {
        const string Here = "America/New_York";
        var date = new DateOnly(2010, 4, 2);
        var day = HalachicDay.Find(new Place(40.09596, -74.22213, 0), date, Zone(Here))!;
        AssertLocal(date, "05:17:14", day.Dawn, Here, "getAlos16Point1Degrees");
        AssertLocal(date, "09:14:17", day.LatestShemaMagenAvraham, Here, "getSofZmanShmaMGA72Minutes");
        AssertLocal(date, "09:50:17", day.LatestShemaGra, Here, "36 minutes after that of the Magen Avraham");
        AssertLocal(date, "10:29:49", day.LatestPrayerMagenAvraham, Here, "getSofZmanTfilaMGA72Minutes");
        AssertLocal(date, "10:53:49", day.LatestPrayerGra, Here, "24 minutes after that of the Magen Avraham");
        AssertLocal(date, "13:00:52", day.Noon, Here, "half an hour before getMinchaGedola30Minutes");
        AssertLocal(date, "13:32:38", day.MinchaGedola, Here, "getMinchaGedolaGreaterThan30");
    }

    /// <summary>Machzikei Hadass, Manchester, 1 March 2026: the figures that its calendar was checked with.</summary>
    [Fact]
    public void The_day_in_Manchester_is_that_of_its_community()
    {
        const string Here = "Europe/London";
        var date = new DateOnly(2026, 3, 1);
        var day = HalachicDay.Find(new Place(53.508945, -2.258497, 0), date, Zone(Here))!;
        AssertLocal(date, "05:13:50", day.Dawn, Here, "dawn at 16.1 degrees");
        AssertLocal(date, "06:56:57", day.Sunrise, Here, "sunrise");
        AssertLocal(date, "09:03:22", day.LatestShemaMagenAvraham, Here, "latest Shema, Magen Avraham by 72 minutes");
        AssertLocal(date, "09:39:22", day.LatestShemaGra, Here, "latest Shema, GRA");
        AssertLocal(date, "10:33:31", day.LatestPrayerGra, Here, "latest prayer, GRA");
        AssertLocal(date, "12:21:20", day.Noon, Here, "noon");
        AssertLocal(date, "12:48:52", day.MinchaGedola, Here, "six and a half hours");
        AssertLocal(date, "15:31:18", day.MinchaKetana, Here, "mincha ketana");
        AssertLocal(date, "16:38:59", day.PlagHamincha, Here, "plag hamincha");
        AssertLocal(date, "17:46:40", day.Sunset, Here, "sunset");
    }

    private static void AssertLocal(DateOnly date, string expected, DateTime? actual, string zone, string what)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(actual!.Value, Zone(zone));
        var difference = local - date.ToDateTime(TimeOnly.ParseExact(expected, "HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.True(difference.Duration() <= Tolerance, $"{what}: {difference} away");
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
