using Gatehouse.Testbed;

namespace Hemera.Tests;

public sealed class ParticipationTests
{
    [Fact]
    [Proves("A37")]
    public async Task A_participation_comes_with_its_course_and_of_the_person_id_name_and_email_only()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf("api-client"));
        Assert.Equal(200, (int)response.StatusCode);

        var participation = await response.JsonAsync();
        Assert.Equal("prt_001", participation.GetProperty("id").GetString());
        Assert.Equal("Presence and Voice", participation.GetProperty("course").GetProperty("title").GetString());
        Assert.Equal(["id", "name", "email"], participation.GetProperty("user").Names());
        Assert.Equal(participation.GetProperty("userId").GetString(), participation.GetProperty("user").GetProperty("id").GetString());
        await CourseTests.AssertNothingPrivateAsync(hemera, response);
    }

    [Theory]
    [Proves("A38")]
    [InlineData("prt_999")]
    [InlineData("course_voice")]
    [InlineData("prt_001%0A")]
    public async Task An_unknown_participation_is_404(string id)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.GetAsync($"/api/service/participations/{id}", hemera.TokenOf("api-client"));
        await response.RefusedAsync(404, "not-found", "Participation not found");
        Assert.Empty(hemera.Log.Alarms);
    }
}
