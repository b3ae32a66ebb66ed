using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Host.Tests;

/// <summary><c>gatehouse token mint</c>, with a local Clerk running and without: both must answer alike.</summary>
public sealed class MintCommandTests
{
    // Nobody listens on port 1.
    private const string Nobody = "http://127.0.0.1:1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_s_token_is_the_whole_answer(bool running)
    {
        await using var server = await ServerAsync(running);

        var result = await MintAsync(server, "--user grace");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        var claims = Claims(result.Output.TrimEnd());
        Assert.Equal(
            (LocalClerkDefaults.GraceUserId, LocalClerkDefaults.Issuer, null, 60),
            ((string?)claims["sub"], (string?)claims["iss"], (string?)claims["azp"], Lifetime(claims)));
        Assert.Null(claims["o"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_s_options_are_in_the_token(bool running)
    {
        await using var server = await ServerAsync(running);

        var result = await MintAsync(
            server, $"--user {LocalClerkDefaults.GraceUserId} --origin http://localhost:5421 --org {LocalClerkDefaults.KryptonOrganizationId} --seconds 300");

        var claims = Claims(result.Output.TrimEnd());
        Assert.Equal(
            ("http://localhost:5421", LocalClerkDefaults.KryptonOrganizationId, "member", 300),
            ((string?)claims["azp"], (string?)claims["o"]!["id"], (string?)claims["o"]!["rol"], Lifetime(claims)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Template_s_token_has_its_claims_and_its_lifetime(bool running)
    {
        await using var server = await ServerAsync(running);

        var result = await MintAsync(server, $"--user aither-service --template {LocalClerkDefaults.HemeraTemplate}");

        var claims = Claims(result.Output.TrimEnd());
        Assert.Equal(
            ("api-client", "aither", null, 900),
            ((string?)claims["role"], (string?)claims["service"], (string?)claims["sid"], Lifetime(claims)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Machine_s_token_is_for_those_that_it_is_scoped_to(bool running)
    {
        await using var server = await ServerAsync(running);

        var result = await MintAsync(server, "--machine developer --seconds 60");

        var claims = Claims(result.Output.TrimEnd());
        Assert.Equal((LocalClerkDefaults.DeveloperMachineId, 60), ((string?)claims["sub"], Lifetime(claims)));
        Assert.Contains(LocalClerkDefaults.ShtetlZmanimMachineId, claims.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_json_the_answer_says_that_the_token_is_local(bool running)
    {
        await using var server = await ServerAsync(running);

        var answer = JsonNode.Parse((await MintAsync(server, "--user ada --json")).Output)!.AsObject();

        Assert.Equal(["token", "local"], answer.Select(member => member.Key));
        Assert.True((bool)answer["local"]!);
        Assert.Equal(LocalClerkDefaults.AdaUserId, (string?)Claims((string)answer["token"]!)["sub"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_there_is_not_is_not_found(bool running)
    {
        await using var server = await ServerAsync(running);
        string[] commands =
        [
            "--user nobody",
            "--user user_2nobody",
            "--machine nobody",
            "--user lin --org org_2LocalKrypton00000000000001",
            "--user lin --org nowhere",
            "--user lin --template nothing",
        ];
        foreach (var command in commands)
        {
            var result = await MintAsync(server, command);

            Assert.Equal((3, ""), (result.ExitCode, result.Output));
            Assert.NotEqual("", result.Errors);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lifetime_that_Clerk_does_not_take_is_refused(bool running)
    {
        await using var server = await ServerAsync(running);
        foreach (var command in (string[])["--user grace --seconds 29", "--user grace --seconds -1", "--machine aither --seconds 0"])
        {
            var result = await MintAsync(server, command);

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.NotEqual("", result.Errors);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("--user grace --machine aither")]
    [InlineData("--machine aither --origin http://localhost:5421")]
    [InlineData("--machine aither --org krypton")]
    [InlineData("--machine aither --template hemera-api")]
    [InlineData("--user")]
    [InlineData("--user grace --seconds soon")]
    [InlineData("--user grace --colour red")]
    [InlineData("grace")]
    public async Task Wrong_use_is_told_on_standard_error(string arguments)
    {
        var result = await MintAsync(server: null, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--help", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.clerk.com")]
    [InlineData("http://10.0.0.1:5400")]
    [InlineData("nowhere")]
    public async Task Tokens_are_minted_on_this_machine_only(string address)
    {
        var result = await ToolResult.OfAsync("token mint --user grace", ("CLERK_API_URL", address));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("CLERK_API_URL", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_server_is_asked_for_what_only_it_knows()
    {
        await using var server = await ServerAsync(running: true);
        using var http = new HttpClient { BaseAddress = new Uri(server!.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
        using var created = await http.PostAsJsonAsync("/v1/users", new { first_name = "New" }, TestContext.Current.CancellationToken);
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!;

        var result = await MintAsync(server, $"--user {id}");

        Assert.Equal((0, id), (result.ExitCode, (string?)Claims(result.Output.TrimEnd())["sub"]));
    }

    [Fact]
    public async Task Another_server_is_not_sent_what_is_meant_for_the_local_Clerk()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var other = builder.Build();
        var asked = new List<string>();
        other.Run(context =>
        {
            asked.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
            return Task.CompletedTask;
        });
        await other.StartAsync(TestContext.Current.CancellationToken);

        var result = await MintAsync(other, "--user grace");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["GET /_local/state "], asked);
    }

    private static Task<ToolResult> MintAsync(WebApplication? server, string arguments) =>
        ToolResult.OfAsync($"token mint {arguments}", ("CLERK_API_URL", server?.Urls.Single() ?? Nobody));

    private static async Task<WebApplication?> ServerAsync(bool running)
    {
        if (!running)
        {
            return null;
        }

        var server = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static JsonObject Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    private static long Lifetime(JsonObject claims) => (long)claims["exp"]! - (long)claims["iat"]!;
}
