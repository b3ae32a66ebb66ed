using Gatehouse.Testbed;

namespace Hemera.Tests;

public sealed class ResultTests
{
    [Fact]
    [Proves("A39")]
    public async Task A_result_is_written_and_answered()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var written = await hemera.PutAsync(HemeraHost.Result, """{"resultOutcome":"passed","resultNotes":"Ünser \"Bestes\" 🎉"}""");
        Assert.Equal(200, (int)written.StatusCode);
        var participation = await written.JsonAsync();
        Assert.Equal(
            ["id", "courseId", "userId", "status", "resultOutcome", "resultNotes", "createdAt", "updatedAt"],
            participation.Names());
        Assert.Equal("2026-03-01T12:00:00.000Z", participation.GetProperty("updatedAt").GetString());
        Assert.Equal(("passed", "Ünser \"Bestes\" 🎉"), await ReadAsync(hemera));
    }

    [Fact]
    [Proves("A39")]
    public async Task Null_clears_and_absent_keeps()
    {
        await using var hemera = await HemeraHost.StartAsync();
        await WriteAsync(hemera, """{"resultOutcome":"passed","resultNotes":"good"}""");
        await WriteAsync(hemera, """{"resultOutcome":null}""");
        Assert.Equal((null, "good"), await ReadAsync(hemera));

        await WriteAsync(hemera, """{"resultOutcome":"failed"}""");
        await WriteAsync(hemera, """{"resultNotes":null}""");
        Assert.Equal(("failed", null), await ReadAsync(hemera));
    }

    [Fact]
    [Proves("A39")]
    public async Task An_empty_object_changes_nothing()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var before = await hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf("api-client"));
        await WriteAsync(hemera, "{}");
        using var after = await hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf("api-client"));
        Assert.Equal(await before.Content.ReadAsStringAsync(), await after.Content.ReadAsStringAsync());
    }

    [Theory]
    [Proves("A41")]
    [InlineData("{}")]
    [InlineData("""{"resultOutcome":"passed"}""")]
    public async Task Writing_to_an_unknown_participation_is_404(string body)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.PutAsync("/api/service/participations/prt_999/result", body);
        await response.RefusedAsync(404, "not-found", "Participation not found");
    }

    [Fact]
    [Proves("A39")]
    public async Task The_longest_texts_are_taken()
    {
        await using var hemera = await HemeraHost.StartAsync();
        await WriteAsync(hemera, $$"""{"resultOutcome":"{{new string('a', 200)}}","resultNotes":"{{new string('ü', 10_000)}}"}""");
        Assert.Equal((new string('a', 200), new string('ü', 10_000)), await ReadAsync(hemera));
    }

    internal static async Task<(string? Outcome, string? Notes)> ReadAsync(HemeraHost hemera)
    {
        using var response = await hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf("api-client"));
        var participation = await response.JsonAsync();
        return (participation.GetProperty("resultOutcome").GetString(), participation.GetProperty("resultNotes").GetString());
    }

    private static async Task WriteAsync(HemeraHost hemera, string body)
    {
        using var response = await hemera.PutAsync(HemeraHost.Result, body);
        Assert.Equal(200, (int)response.StatusCode);
    }
}
