using System.Globalization;
using System.Text.Json;
using ShtetlZmanim.Tests.Support;

namespace ShtetlZmanim.Tests;

public sealed class ZmanimEndpointTests
{
    private const string Good = "latitude=31.7781161&longitude=35.233804&date=2017-10-17";

    private static readonly string[] Names =
    [
        "dawn", "sunrise", "latest_shema_magen_avraham", "latest_shema_gra", "latest_prayer_magen_avraham", "latest_prayer_gra", "noon",
        "mincha_gedola", "mincha_ketana", "plag_hamincha", "sunset", "nightfall",
    ];

    [Fact]
    public async Task A_days_times_are_given_with_the_offset_of_their_zone()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var answer = await AskAsync(shtetl, $"{Good}&timezone=Asia/Jerusalem&elevation=740");
        Assert.Equal(["date", "location", "timezone", "times", "notes"], answer.Names());
        Assert.Equal(("2017-10-17", "Asia/Jerusalem"), (answer.Text("date"), answer.Text("timezone")));
        Assert.Equal("""{"latitude":31.7781161,"longitude":35.233804,"elevation":740}""", answer.GetProperty("location").GetRawText());
        Assert.Equal(Names, answer.GetProperty("times").Names());
        Assert.All(answer.GetProperty("times").EnumerateObject(), time => Assert.Matches(@"\A2017-10-17T[0-9]{2}:[0-9]{2}:[0-9]{2}\+03:00\z", time.Value.GetString()));
        Assert.Equal(["Elevation moves sunrise and sunset; all other times are those of sea level."], answer.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
        var sunrise = DateTimeOffset.Parse(answer.GetProperty("times").Text("sunrise"), CultureInfo.InvariantCulture);
        Assert.Equal(0, (sunrise - new DateTimeOffset(2017, 10, 17, 6, 39, 32, TimeSpan.FromHours(3))).TotalSeconds, 10.0);
    }

    [Fact]
    public async Task Without_a_zone_and_an_elevation_times_are_UTC_at_sea_level()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var answer = await AskAsync(shtetl, Good);
        Assert.Equal(("UTC", 0), (answer.Text("timezone"), answer.GetProperty("location").GetProperty("elevation").GetDouble()));
        Assert.EndsWith("+00:00", answer.GetProperty("times").Text("noon"), StringComparison.Ordinal);
        Assert.Equal("[]", answer.GetProperty("notes").GetRawText());
    }

    [Fact]
    public async Task On_a_polar_day_only_noon_comes_and_the_notes_say_why()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var answer = await AskAsync(shtetl, "latitude=69.65&longitude=18.96&date=2026-06-21&timezone=Europe/Oslo");
        Assert.Equal(["noon"], answer.GetProperty("times").EnumerateObject().Where(time => time.Value.ValueKind != JsonValueKind.Null).Select(time => time.Name));
        Assert.Equal(Names, answer.GetProperty("times").Names());
        Assert.Equal("The sun does not set on this day.", answer.GetProperty("notes")[0].GetString());
    }

    [Theory]
    [InlineData("2026-03-07", "-05:00")]
    [InlineData("2026-03-08", "-04:00")]
    [InlineData("2026-10-31", "-04:00")]
    [InlineData("2026-11-01", "-05:00")]
    public async Task Where_clocks_change_each_time_has_the_offset_that_holds_then(string date, string offset)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var answer = await AskAsync(shtetl, $"latitude=40.71&longitude=-74.01&date={date}&timezone=America/New_York");
        Assert.All(answer.GetProperty("times").EnumerateObject(), time => Assert.EndsWith(offset, time.Value.GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "required latitude", "required longitude", "required date")]
    [InlineData("latitude=1&longitude=2", "required date")]
    [InlineData("longitude=2&date=2026-03-01", "required latitude")]
    [InlineData($"{Good}&latitude=1", "repeated latitude")]
    [InlineData($"{Good}&date=2017-10-17", "repeated date")]
    [InlineData($"{Good}&timezone=UTC&timezone=UTC", "repeated timezone")]
    [InlineData($"{Good}&altitude=3", "unknown altitude")]
    [InlineData($"{Good}&Elevation=3", "unknown Elevation")]
    [InlineData($"{Good}&callback=alert(1)&x=", "unknown callback", "unknown x")]
    [InlineData("latitude=90.0001&longitude=180.0001&date=2026-03-01", "invalid latitude", "invalid longitude")]
    [InlineData("latitude=-91&longitude=-181&date=2026-03-01&elevation=-1", "invalid latitude", "invalid longitude", "invalid elevation")]
    [InlineData("latitude=NaN&longitude=Infinity&date=2026-03-01&elevation=9000.1", "invalid latitude", "invalid longitude", "invalid elevation")]
    [InlineData("latitude=1e1&longitude=1,5&date=2026-03-01&elevation=0x10", "invalid latitude", "invalid longitude", "invalid elevation")]
    [InlineData("latitude=&longitude=%20&date=2026-03-01", "invalid latitude", "invalid longitude")]
    [InlineData("latitude=١&longitude=2&date=2026-03-01", "invalid latitude")]
    [InlineData("latitude=1&longitude=2&date=2026-02-29", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=2026-3-1", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=01.03.2026", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=2026-03-01T00:00:00Z", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=1899-12-31", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=2101-01-01", "invalid date")]
    [InlineData("latitude=1&longitude=2&date=today", "invalid date")]
    [InlineData($"{Good}&timezone=", "invalid timezone")]
    [InlineData($"{Good}&timezone=Asia/Nowhere", "invalid timezone")]
    [InlineData($"{Good}&timezone=asia/jerusalem", "invalid timezone")]
    [InlineData($"{Good}&timezone=Israel%20Standard%20Time", "invalid timezone")]
    [InlineData($"{Good}&timezone=UTC-11", "invalid timezone")]
    [InlineData($"{Good}&timezone=%2B02:00", "invalid timezone")]
    [InlineData($"{Good}&timezone=../../../etc/passwd", "invalid timezone")]
    [InlineData($"{Good}&timezone=/etc/localtime", "invalid timezone")]
    [InlineData($"{Good}&timezone=localtime", "invalid timezone")]
    [InlineData($"{Good}&timezone=right/Asia/Jerusalem", "invalid timezone")]
    [InlineData($"{Good}&timezone=Factory", "invalid timezone")]
    [InlineData("latitude=-13.83&longitude=-171.75&date=2011-12-30&timezone=Pacific/Apia", "no-such-day date")]
    public async Task A_question_that_is_none_is_400_and_every_fault_is_named(string query, params string[] faults)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        using var response = await shtetl.GetAsync($"{ShtetlHost.Zmanim}?{query}", shtetl.Forge.M2M());
        var problem = await response.RefusedAsync(400, "invalid-request", "Invalid request parameters");
        var details = problem.GetProperty("details").EnumerateArray().ToList();
        Assert.Equal(faults.Order(), details.Select(fault => $"{fault.Text("code")} {fault.Text("parameter")}").Order());
        Assert.All(details, fault => Assert.Contains(fault.Text("message"), problem.Text("message"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_full_of_parameters_makes_no_long_answer()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var names = string.Join('&', Enumerable.Range(0, 900).Select(n => $"p{n}"));
        using var response = await shtetl.GetAsync($"{ShtetlHost.Zmanim}?{Good}&{names}", shtetl.Forge.M2M());
        Assert.Equal(400, (int)response.StatusCode);
        Assert.InRange((await response.Content.ReadAsStringAsync()).Length, 100, 5_000);
    }

    [Theory]
    [InlineData("latitude=90&longitude=180&date=1900-01-01")]
    [InlineData("latitude=-90&longitude=-180&date=2100-12-31&elevation=9000")]
    [InlineData("latitude=-0&longitude=%2B0.0&date=2026-03-01&elevation=0")]
    [InlineData($"{Good}&timezone=America/Argentina/Buenos_Aires")]
    [InlineData($"{Good}&timezone=America/Port-au-Prince")]
    [InlineData($"{Good}&timezone=Etc/GMT%2B5")]
    [InlineData($"{Good}&timezone=Israel")]
    [InlineData($"{Good}&timezone=UTC")]
    public async Task Whatever_lies_on_an_edge_is_answered(string query)
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var answer = await AskAsync(shtetl, query);
        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("times").GetProperty("noon").ValueKind);
        Assert.DoesNotContain("-0,", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_describes_what_is_there_and_its_page_is_served()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        using var response = await shtetl.GetAsync("/openapi/v1.json", null);
        var document = await response.JsonAsync();
        Assert.Equal([ShtetlHost.Health, ShtetlHost.Usage, ShtetlHost.Zmanim], document.GetProperty("paths").Names());
        var operation = document.GetProperty("paths").GetProperty(ShtetlHost.Zmanim).GetProperty("get");
        Assert.Equal(["latitude", "longitude", "date", "elevation", "timezone"], operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")));
        Assert.Equal(["200", "400", "401", "403", "429", "500", "503"], operation.GetProperty("responses").Names().Order());
        Assert.Equal(Names, document.GetProperty("components").GetProperty("schemas").GetProperty("ZmanimTimes").GetProperty("properties").Names());
        using var page = await shtetl.GetAsync("/swagger/index.html", null);
        Assert.Equal(200, (int)page.StatusCode);
    }

    private static async Task<JsonElement> AskAsync(ShtetlHost shtetl, string query)
    {
        using var response = await shtetl.GetAsync($"{ShtetlHost.Zmanim}?{query}", shtetl.Forge.M2M());
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.JsonAsync();
    }
}
