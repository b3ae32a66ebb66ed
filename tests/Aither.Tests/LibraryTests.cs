using Gatehouse.Testbed;

namespace Aither.Tests;

public sealed class LibraryTests
{
    [Fact]
    [Proves("A12")]
    public async Task Recordings_are_listed_by_Hemeras_courses()
    {
        var courses = await ListAsync("/api/recordings");
        Assert.Equal(["course_voice", "course_conversations", "course_facilitation", "course_negotiation", "course_coaching", "course_writing"], courses.Select(course => course.GetProperty("id").GetString()));
        Assert.Equal([3, 2, 3, 2, 2, 2], courses.Select(course => course.GetProperty("recordings").GetArrayLength()));
        Assert.Equal("Presence and Voice", courses[0].GetProperty("title").GetString());
        Assert.Equal(
            """{"id":"rec_001","title":"Breath and stance","recordedAt":"2026-01-12T08:00:00.000Z","minutes":85,"url":"https://media.hemera.academy/recordings/rec_001.mp4"}""",
            courses[0].GetProperty("recordings")[0].GetRawText());
    }

    [Fact]
    [Proves("A13")]
    public async Task Slides_are_listed_by_Hemeras_courses()
    {
        var courses = await ListAsync("/api/slides");
        Assert.Equal([2, 3, 2, 2, 2, 2], courses.Select(course => course.GetProperty("slides").GetArrayLength()));
        Assert.Equal(
            """{"id":"sld_001","title":"Breath, stance, pace","pages":42,"url":"https://media.hemera.academy/slides/sld_001.pdf"}""",
            courses[0].GetProperty("slides")[0].GetRawText());
    }

    [Fact]
    public async Task A_course_for_which_Aither_holds_nothing_is_listed_too()
    {
        using var replay = new ReplayHandler(ReplayHandler.Answer.Json(
            """[{"id":"new","title":"New","startsAt":"2027-01-12T08:00:00.000Z","endsAt":"2027-01-13T15:30:00.000Z"}]"""));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), upstream: replay);
        using var response = await aither.GetAsync("/api/recordings");
        Assert.Equal("""{"courses":[{"id":"new","title":"New","recordings":[]}]}""", await response.Content.ReadAsStringAsync());
    }

    private static async Task<List<System.Text.Json.JsonElement>> ListAsync(string path)
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        await using var hemera = await HemeraNeighbour.StartAsync(forge, clock);
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => forge.M2M()), hemera.Address, clock: clock);
        using var response = await aither.GetAsync(path);
        Assert.Equal(200, (int)response.StatusCode);
        return [.. (await response.JsonAsync()).GetProperty("courses").EnumerateArray()];
    }
}
