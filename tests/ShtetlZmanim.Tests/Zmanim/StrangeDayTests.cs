using System.Globalization;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.Tests.Zmanim;

/// <summary>Days and places that calendars go wrong at.</summary>
public sealed class StrangeDayTests
{
    /// <summary>Both sides of the date line, zones that do not fit their meridian, and clocks that change on the day.</summary>
    [Theory]
    [InlineData("Apia, before Samoa crossed the date line", -13.83, -171.75, "Pacific/Apia", "2011-12-29")]
    [InlineData("Apia, after", -13.83, -171.75, "Pacific/Apia", "2011-12-31")]
    [InlineData("Kiritimati, fourteen hours ahead", 1.87, -157.4, "Pacific/Kiritimati", "2026-03-01")]
    [InlineData("Taveuni, on the meridian", -16.8, 180, "Pacific/Fiji", "2026-03-01")]
    [InlineData("Taveuni, by the other name of the meridian", -16.8, -180, "Pacific/Fiji", "2026-03-01")]
    [InlineData("Chatham", -43.95, -176.55, "Pacific/Chatham", "2026-04-05")]
    [InlineData("Adak", 51.88, -176.66, "America/Adak", "2026-03-01")]
    [InlineData("Attu, past the meridian", 52.9, 172.9, "America/Adak", "2026-03-01")]
    [InlineData("Kashgar, in Peking's time", 39.47, 75.99, "Asia/Shanghai", "2026-06-21")]
    [InlineData("New York, when clocks go forward", 40.71, -74.01, "America/New_York", "2026-03-08")]
    [InlineData("New York, when they go back", 40.71, -74.01, "America/New_York", "2026-11-01")]
    [InlineData("Lord Howe, by half an hour", -31.55, 159.08, "Australia/Lord_Howe", "2026-10-04")]
    [InlineData("Jerusalem", 31.78, 35.22, "Asia/Jerusalem", "2026-03-27")]
    [InlineData("the first day", 51.48, 0, "Europe/London", "1900-01-01")]
    [InlineData("the last day", 51.48, 0, "Europe/London", "2100-12-31")]
    public void Sunrise_noon_and_sunset_lie_on_the_date_in_the_zone(string place, double latitude, double longitude, string zone, string date)
    {
        var day = Find(latitude, longitude, zone, date)!;
        foreach (var time in (DateTime?[])[day.Sunrise, day.Noon, day.Sunset])
        {
            Assert.Equal((place, date), (place, TimeZoneInfo.ConvertTimeFromUtc(time!.Value, Zone(zone)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void A_date_that_the_zone_left_out_has_no_day() => Assert.Null(Find(-13.83, -171.75, "Pacific/Apia", "2011-12-30"));

    [Fact]
    public void Around_the_date_that_was_left_out_the_sun_went_on()
    {
        var before = Find(-13.83, -171.75, "Pacific/Apia", "2011-12-29")!;
        var after = Find(-13.83, -171.75, "Pacific/Apia", "2011-12-31")!;
        Assert.Equal(24, (after.Noon - before.Noon).TotalHours, 0.02);
    }

    [Theory]
    [InlineData("London at midsummer: no dawn, but stars", 51.5, -0.12, "Europe/London", "2026-06-21", DayNotes.NoDawn)]
    [InlineData("Helsinki at midsummer: neither", 60.17, 24.94, "Europe/Helsinki", "2026-06-21", DayNotes.NoDawn, DayNotes.NoNightfall)]
    [InlineData("Tromsø at midsummer", 69.65, 18.96, "Europe/Oslo", "2026-06-21", DayNotes.NoSunset, DayNotes.NoHours, DayNotes.NoDawn, DayNotes.NoNightfall)]
    [InlineData("Tromsø at midwinter: twilight only", 69.65, 18.96, "Europe/Oslo", "2026-12-21", DayNotes.NoSunrise, DayNotes.NoHours)]
    [InlineData("the north pole at midwinter", 90, 0, "UTC", "2026-12-21", DayNotes.NoSunrise, DayNotes.NoHours, DayNotes.DarkDay, DayNotes.DarkEvening)]
    [InlineData("the south pole at midwinter", -90, 0, "UTC", "2026-06-21", DayNotes.NoSunrise, DayNotes.NoHours, DayNotes.DarkDay, DayNotes.DarkEvening)]
    [InlineData("the south pole at midsummer", -90, 0, "Antarctica/McMurdo", "2026-12-21", DayNotes.NoSunset, DayNotes.NoHours, DayNotes.NoDawn, DayNotes.NoNightfall)]
    public void What_does_not_come_is_null_and_said(string place, double latitude, double longitude, string zone, string date, params string[] notes)
    {
        var day = Find(latitude, longitude, zone, date)!;
        Assert.Equal((place, string.Join('\n', notes)), (place, string.Join('\n', day.Notes)));
        Assert.Equal(notes.Contains(DayNotes.NoHours), day is { Sunrise: null, Sunset: null, LatestShemaMagenAvraham: null, LatestShemaGra: null, LatestPrayerMagenAvraham: null, LatestPrayerGra: null, MinchaGedola: null, MinchaKetana: null, PlagHamincha: null });
        Assert.Equal(notes.Contains(DayNotes.NoDawn) || notes.Contains(DayNotes.DarkDay), day.Dawn is null);
        Assert.Equal(notes.Contains(DayNotes.NoNightfall) || notes.Contains(DayNotes.DarkEvening), day.Nightfall is null);
    }

    /// <summary>Where a polar day begins or ends, the sun rises and does not set, or sets without having risen.</summary>
    [Fact]
    public void A_year_beyond_the_circle_has_all_kinds_of_days()
    {
        var kinds = Enumerable.Range(0, 365)
            .Select(offset => HalachicDay.Find(new Place(78.22, 15.63, 0), new DateOnly(2026, 1, 1).AddDays(offset), Zone("Arctic/Longyearbyen"))!)
            .GroupBy(day => day.Notes.FirstOrDefault(note => note is DayNotes.NoSunrise or DayNotes.NoSunset or DayNotes.RisesToStay or DayNotes.SetsToStay) ?? "both")
            .ToDictionary(kind => kind.Key, kind => kind.Count());
        Assert.InRange(kinds[DayNotes.NoSunrise], 105, 120);
        Assert.InRange(kinds[DayNotes.NoSunset], 115, 135);
        Assert.InRange(kinds["both"], 115, 140);
    }

    [Fact]
    public void From_a_mountain_the_sun_rises_on_days_on_which_it_does_not_at_the_sea()
    {
        var day = HalachicDay.Find(new Place(67.5, 18, 2000), new DateOnly(2026, 12, 21), TimeZoneInfo.Utc)!;
        Assert.NotNull(day.Sunrise);
        Assert.NotNull(day.Sunset);
        Assert.Equal([DayNotes.NoHours, DayNotes.Elevation], day.Notes);
    }

    private static HalachicDay? Find(double latitude, double longitude, string zone, string date) =>
        HalachicDay.Find(new Place(latitude, longitude, 0), DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), Zone(zone));

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
