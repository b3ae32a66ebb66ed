using Gatehouse.Testbed;

namespace Hemera.Tests;

public sealed class CourseTests
{
    [Fact]
    [Proves("A32", "A33", "A54")]
    public async Task Courses_come_with_the_number_of_their_participations()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);

        var courses = (await response.JsonAsync()).EnumerateArray().ToList();
        Assert.Equal([11, 10, 9, 8, 7, 5], courses.Select(course => course.GetProperty("_count").GetProperty("participations").GetInt32()));
        Assert.Equal(
            ["id", "title", "description", "location", "startsAt", "endsAt", "capacity", "createdAt", "updatedAt", "_count"],
            courses[0].Names());
        Assert.Equal("2026-01-12T08:00:00.000Z", courses[0].GetProperty("startsAt").GetString());
    }

    [Fact]
    [Proves("A35")]
    public async Task A_course_shows_of_its_people_id_name_and_email_only()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync(HemeraHost.Course, hemera.TokenOf("api-client"));
        Assert.Equal(200, (int)response.StatusCode);

        var course = await response.JsonAsync();
        Assert.Equal("course_voice", course.GetProperty("id").GetString());
        var participations = course.GetProperty("participations").EnumerateArray().ToList();
        Assert.Equal(11, participations.Count);
        Assert.All(participations, participation => Assert.Equal(
            ["id", "courseId", "userId", "status", "resultOutcome", "resultNotes", "createdAt", "updatedAt", "user"],
            participation.Names()));
        Assert.All(participations, participation => Assert.Equal(["id", "name", "email"], participation.GetProperty("user").Names()));
        await AssertNothingPrivateAsync(hemera, response);
    }

    [Theory]
    [Proves("A36")]
    [InlineData("course_unknown")]
    [InlineData("COURSE_VOICE")]
    [InlineData("prt_001")]
    [InlineData("%27%20OR%201=1--")]
    [InlineData("..%2fcourses")]
    [InlineData("%F0%9F%92%A9")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public async Task An_unknown_course_is_404(string id)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync($"{HemeraHost.Courses}/{id}", hemera.TokenOf("api-client"));
        await response.RefusedAsync(404, "not-found", "Course not found");
        Assert.Empty(hemera.Log.Alarms);
    }

    internal static async Task AssertNothingPrivateAsync(HemeraHost hemera, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("phone", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("street", text, StringComparison.OrdinalIgnoreCase);
        using var connection = hemera.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT phone FROM users UNION SELECT street FROM users";
        using var values = command.ExecuteReader();
        var looked = 0;
        while (values.Read())
        {
            looked++;
            Assert.DoesNotContain(values.GetString(0), text, StringComparison.Ordinal);
        }

        Assert.True(looked > 25, "there must be something that could leak");
    }
}
