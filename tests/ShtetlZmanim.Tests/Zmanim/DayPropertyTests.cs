using Gatehouse.Testbed;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.Tests.Zmanim;

/// <summary>What holds on every day and at every place.</summary>
public sealed class DayPropertyTests
{
    private static readonly TimeZoneInfo[] Zones = [.. TimeZoneInfo.GetSystemTimeZones()];

    [Fact]
    public void The_times_of_a_day_come_in_their_order()
    {
        foreach (var (place, date) in Days(maximumLatitude: 64))
        {
            var day = Find(place, date);
            DateTime?[] ofTheGaon =
                [day.Dawn, day.Sunrise, day.LatestShemaGra, day.LatestPrayerGra, day.Noon, day.MinchaGedola, day.MinchaKetana, day.PlagHamincha, day.Sunset, day.Nightfall];
            var known = ofTheGaon.OfType<DateTime>().ToList();
            Assert.Equal(known.Order(), known);
            Assert.Equal(TimeSpan.FromMinutes(36), Rounded(day.LatestShemaGra!.Value - day.LatestShemaMagenAvraham!.Value));
            Assert.Equal(TimeSpan.FromMinutes(24), Rounded(day.LatestPrayerGra!.Value - day.LatestPrayerMagenAvraham!.Value));
            Assert.True(day.Nightfall - day.Dawn < TimeSpan.FromHours(24) || day.Nightfall is null || day.Dawn is null);
        }
    }

    [Fact]
    public void Morning_and_afternoon_are_of_a_length()
    {
        foreach (var (place, date) in Days(maximumLatitude: 60))
        {
            var day = Find(place, date);
            var difference = (day.Noon - day.Sunrise!.Value) - (day.Sunset!.Value - day.Noon);
            Assert.True(difference.Duration() < TimeSpan.FromMinutes(3), $"{place} {date:O}: {difference}");
        }
    }

    /// <summary>Where the sun stands high for one half of the Earth it stands as low for the other: both days together, without refraction, are 24 hours.</summary>
    [Fact]
    public void North_and_south_share_the_light()
    {
        foreach (var (place, date) in Days(maximumLatitude: 60))
        {
            var (here, there) = (Sun(place, date), Sun(place with { Latitude = -place.Latitude }, date));
            var light = here.Set(0)!.Value - here.Rise(0)!.Value + (there.Set(0)!.Value - there.Rise(0)!.Value);
            Assert.True((light - TimeSpan.FromHours(24)).Duration() < TimeSpan.FromSeconds(45), $"{place} {date:O}: {light}");
        }
    }

    [Fact]
    public void From_day_to_day_nothing_leaps()
    {
        foreach (var (place, date) in Days(maximumLatitude: 60))
        {
            var (today, tomorrow) = (Find(place, date), Find(place, date.AddDays(1)));
            AssertADay(today.Noon, tomorrow.Noon, TimeSpan.FromSeconds(32), place, date);
            AssertADay(today.Sunrise, tomorrow.Sunrise, TimeSpan.FromMinutes(4), place, date);
            AssertADay(today.LatestShemaMagenAvraham, tomorrow.LatestShemaMagenAvraham, TimeSpan.FromMinutes(3), place, date);
            AssertADay(today.PlagHamincha, tomorrow.PlagHamincha, TimeSpan.FromMinutes(4), place, date);
            AssertADay(today.Sunset, tomorrow.Sunset, TimeSpan.FromMinutes(4), place, date);
        }
    }

    [Fact]
    public void An_hour_of_longitude_is_an_hour_of_time()
    {
        foreach (var (place, date) in Days(maximumLatitude: 60))
        {
            var east = place with { Longitude = (place.Longitude / 2) - 15 };
            var west = east with { Longitude = east.Longitude - 15 };
            var later = Find(west, date).Sunrise!.Value - Find(east, date).Sunrise!.Value;
            Assert.True((later - TimeSpan.FromHours(1)).Duration() < TimeSpan.FromSeconds(15), $"{east} {date:O}: {later}");
        }
    }

    [Fact]
    public void Whoever_stands_higher_sees_more_of_the_day()
    {
        foreach (var (place, date) in Days(maximumLatitude: 60))
        {
            var (high, higher) = (Find(place with { Elevation = 100 }, date), Find(place with { Elevation = 9000 }, date));
            Assert.True(higher.Sunrise < high.Sunrise && high.Sunset < higher.Sunset, $"{place} {date:O}");
            Assert.Equal((high.Dawn, high.Noon, high.PlagHamincha), (higher.Dawn, higher.Noon, higher.PlagHamincha));
        }
    }

    [Fact]
    public void The_sun_stands_where_each_time_says()
    {
        foreach (var (place, date) in Days(maximumLatitude: 90))
        {
            var sun = Sun(place, date);
            foreach (var depth in (double[])[Horizon.Dawn, Horizon.Nightfall, Horizon.SeaLevel])
            {
                Assert.All(
                    ((DateTime?[])[sun.Rise(depth), sun.Set(depth)]).OfType<DateTime>(),
                    time => Assert.Equal(-depth, SolarPosition.Altitude(place, time), 0.001));
            }
        }
    }

    [Fact]
    public void Every_place_date_and_zone_has_a_noon_and_says_what_is_missing()
    {
        var random = Counts.Of("zmanim-days").Random();
        foreach (var (place, date) in Days(maximumLatitude: 90))
        {
            var zone = Zones[random.Next(Zones.Length)];
            if (HalachicDay.Find(place, date, zone) is not { } day)
            {
                continue;   // left out by a zone that moved across the date line
            }

            var twelve = date.ToDateTime(new TimeOnly(12, 0)) - zone.GetUtcOffset(date.ToDateTime(new TimeOnly(12, 0)));
            Assert.True((day.Noon - twelve).Duration() < TimeSpan.FromHours(12.5), $"{place} {date:O} {zone.Id}: {day.Noon:O}");
            var missing = ((DateTime?[])[day.Dawn, day.Sunrise, day.LatestShemaGra, day.Sunset, day.Nightfall]).Count(time => time is null);
            Assert.Equal(missing == 0, !day.Notes.Except([DayNotes.Elevation]).Any());
        }
    }

    private static IEnumerable<(Place Place, DateOnly Date)> Days(double maximumLatitude)
    {
        var counts = Counts.Of("zmanim-days");
        var random = counts.Random();
        var span = CivilDay.Last.DayNumber - CivilDay.First.DayNumber;
        for (var n = 0; n < counts.Count; n++)
        {
            var place = new Place((random.NextDouble() - 0.5) * 2 * maximumLatitude, (random.NextDouble() - 0.5) * 360, random.Next(2) * random.Next(9000));
            yield return (place with { Elevation = maximumLatitude < 90 ? 0 : place.Elevation }, CivilDay.First.AddDays(random.Next(span)));
        }
    }

    private static HalachicDay Find(Place place, DateOnly date) => HalachicDay.Find(place, date, TimeZoneInfo.Utc)!;

    private static SolarDay Sun(Place place, DateOnly date) => new(place, CivilDay.FindMeanNoon(place.Longitude, date, TimeZoneInfo.Utc)!.Value);

    private static TimeSpan Rounded(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, 3));

    private static void AssertADay(DateTime? today, DateTime? tomorrow, TimeSpan tolerance, Place place, DateOnly date)
    {
        var difference = tomorrow!.Value - today!.Value - TimeSpan.FromDays(1);
        Assert.True(difference.Duration() <= tolerance, $"{place} {date:O}: {difference}");
    }
}
