using System.Globalization;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using ShtetlZmanim.External;
using ShtetlZmanim.Tests.Support;
using ShtetlZmanim.Zmanim;
using ZmanimSample;

namespace ShtetlZmanim.Tests;

/// <summary>The samples of docs/external-api against a local Clerk: a token, three calls of which one has to wait, and a refusal.</summary>
public sealed class SampleTests(Neighbours neighbours) : IClassFixture<Neighbours>
{
    private const double Latitude = 31.778;
    private const double Longitude = 35.235;
    private const string Zone = "Asia/Jerusalem";

    private static readonly string[] Dates = ["2026-03-26", "2026-03-27", "2026-03-28"];

    public static TheoryData<string> Files => ["zmanim.sh", "zmanim.py", "zmanim.ts", "zmanim.go"];

    [Theory]
    [Proves("Z7", "Z25")]
    [MemberData(nameof(Files))]
    public async Task A_sample_gets_a_token_calls_and_waits_when_told(string file)
    {
        var (exitCode, output, errors) = await RunAsync(file, LocalClerkDefaults.DeveloperMachineSecret);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(Dates.Select(Expected), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_sample_ends_with_what_the_API_says_against_its_machine(string file)
    {
        var (exitCode, output, errors) = await RunAsync(file, LocalClerkDefaults.AitherMachineSecret);
        Assert.Equal((1, ""), (file == "zmanim.go" && exitCode != 0 ? 1 : exitCode, output));
        Assert.Contains("scope: Invalid M2M token: The token is not meant for this API", errors, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("Z7", "Z25")]
    public async Task The_client_in_CSharp_does_the_same()
    {
        var client = new ZmanimClient(neighbours.Client, neighbours.Clerk, neighbours.Shtetl, LocalClerkDefaults.DeveloperMachineSecret, TimeProvider.System);
        foreach (var date in Dates)
        {
            var day = await client.GetAsync(Latitude, Longitude, Zone, DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), CancellationToken.None);
            var times = day.GetProperty("times");
            Assert.Equal(Expected(date), $"{day.Text("date")} {times.Text("sunrise")} {times.Text("sunset")}");
        }

        var stranger = new ZmanimClient(neighbours.Client, neighbours.Clerk, neighbours.Shtetl, LocalClerkDefaults.AitherMachineSecret, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.GetAsync(Latitude, Longitude, Zone, new DateOnly(2026, 3, 1), CancellationToken.None));
        Assert.StartsWith("scope: Invalid M2M token", refused.Message, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string file, string secret) => SampleProgram.RunAsync(
        file,
        [Latitude.ToString(CultureInfo.InvariantCulture), Longitude.ToString(CultureInfo.InvariantCulture), Zone, .. Dates],
        new Dictionary<string, string>
        {
            ["CLERK_API_URL"] = neighbours.Clerk.AbsoluteUri.TrimEnd('/'),
            ["ZMANIM_API_URL"] = neighbours.Shtetl.AbsoluteUri.TrimEnd('/'),
            ["CLERK_MACHINE_SECRET_KEY"] = secret,
        });

    private static string Expected(string date)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var day = HalachicDay.Find(new Place(Latitude, Longitude, 0), DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), zone)!;
        var times = ZmanimTimes.Of(day, zone);
        return string.Create(CultureInfo.InvariantCulture, $"{date} {times.Sunrise:yyyy-MM-ddTHH:mm:sszzz} {times.Sunset:yyyy-MM-ddTHH:mm:sszzz}");
    }
}
