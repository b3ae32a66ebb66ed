using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Host;
using Gatehouse.Local.Upstash;
using Gatehouse.Testbed;
using Microsoft.Extensions.Configuration;

namespace Showcase.Tests;

/// <summary>What the README walks a newcomer through, in its order, with the commands that it names.</summary>
public sealed class FirstHourTests(RunningShowcase showcase) : IClassFixture<RunningShowcase>
{
    private const string Courses = "http://localhost:5410/api/service/courses";
    private const string Sync = "http://localhost:5411/api/sync";

    private static readonly string[] Upstash =
        LocalUpstash.HasRedisServer(new ConfigurationBuilder().AddEnvironmentVariables().Build()) ? ["Local Upstash up"] : [];

    [Fact]
    [Proves("A7", "A14", "A33", "A51", "A52", "A54", "A55")]
    public async Task The_first_hour_goes_as_the_readme_says()
    {
        if (showcase.WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }

        await EverybodyIsUpAsync();
        await TheSecondSyncHasNothingLeftToWriteAsync();
        await EachCallerGetsWhatIsDueAsync();
        Assert.Equal(0, await showcase.StopAsync());
    }

    private async Task EverybodyIsUpAsync()
    {
        Assert.Contains("<title>Gatehouse Showcase</title>", await showcase.GetAsync("http://localhost:5080/"), StringComparison.Ordinal);
        var state = JsonNode.Parse(await showcase.GetAsync("http://localhost:5080/api/state"))!;
        Assert.Equal(["Local Clerk up", .. Upstash, "Gatehouse up", "Hemera up", "Aither up", "Analyzer up", "GoodTalk up", "Shtetl Zmanim up"], state["services"]!.AsArray().Select(service => $"{service!["name"]} {service["status"]}"));
    }

    private async Task TheSecondSyncHasNothingLeftToWriteAsync()
    {
        using var first = await showcase.Client.PostAsync(Sync, content: null);
        using var second = await showcase.Client.PostAsync(Sync, content: null);
        var (wrote, rewrote) = (await first.Content.ReadFromJsonAsync<JsonElement>(), await second.Content.ReadFromJsonAsync<JsonElement>());
        Assert.True(wrote.GetProperty("resultsWritten").GetInt32() > 0);
        Assert.Equal(0, rewrote.GetProperty("resultsWritten").GetInt32());

        var course = JsonNode.Parse(await showcase.GetAsync($"{Courses}/course_voice", token: await MintAsync("--machine", "aither")))!;
        Assert.Contains(course["participations"]!.AsArray(), participation => participation!["resultOutcome"]?.GetValue<string>() == "passed");
    }

    private async Task EachCallerGetsWhatIsDueAsync()
    {
        await showcase.GetAsync(Courses, token: await MintAsync("--machine", "aither"));
        await showcase.GetAsync(Courses, token: await MintAsync("--user", "ada", "--origin", "http://localhost:5410"));
        await showcase.GetAsync(Courses, token: await MintAsync("--user", "aither-service", "--template", "hemera-api", "--origin", "http://localhost:5411"));
        await showcase.GetAsync(Courses, HttpStatusCode.Unauthorized);

        await RefusedAsync(HttpStatusCode.Forbidden, "forbidden", "--user", "lin", "--origin", "http://localhost:5410");
        await RefusedAsync(HttpStatusCode.Unauthorized, "scope", "--machine", "developer");
        await RefusedAsync(HttpStatusCode.Unauthorized, "authorized-party", "--user", "ada", "--origin", "https://elsewhere.example.com");
        await RefusedAsync(HttpStatusCode.Unauthorized, "authorized-party", "--user", "ada");
    }

    private async Task RefusedAsync(HttpStatusCode status, string code, params string[] mint)
    {
        var problem = JsonNode.Parse(await showcase.GetAsync(Courses, status, await MintAsync(mint)))!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
    }

    private static async Task<string> MintAsync(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await GatehouseTool.RunAsync(["token", "mint", .. options], output, error);
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString().Trim();
    }
}
