using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aither.Tests;

/// <summary>A wrong setting stops the start, and one message names every fault and its cure.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    [Proves("A17", "A18", "A19", "A21", "A22")]
    public async Task Every_fault_is_named_at_once()
    {
        var message = await FailAsync(
            ("HEMERA_API_BASE_URL", "http://api.hemera.academy"),
            ("Aither:TokenKind", "Magic"),
            ("CLERK_SERVICE_USER_ID", "aither"),
            ("CLERK_SERVICE_USER_EMAIL", "Aither <aither>"),
            ("CLERK_SECRET_KEY", "s3cret"));
        Assert.Contains("HEMERA_API_BASE_URL must be an absolute https address (http only on loopback)", message, StringComparison.Ordinal);
        Assert.Contains("Aither:TokenKind must be Machine or ServiceUser", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_SERVICE_USER_EMAIL must be an e-mail address alone", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_SERVICE_USER_ID must be a user's id", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_SECRET_KEY must be the instance's secret key", message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("A19", "A22")]
    public async Task Nothing_set_says_what_to_set()
    {
        var message = await FailAsync();
        Assert.Contains("set HEMERA_API_BASE_URL to Hemera's address", message, StringComparison.Ordinal);
        Assert.Contains("set CLERK_MACHINE_SECRET_KEY", message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("A7", "A17", "A21")]
    public async Task A_service_user_needs_an_id_and_a_development_key()
    {
        var missing = await FailAsync(("HEMERA_API_BASE_URL", "https://api.hemera.academy"), ("Aither:TokenKind", "ServiceUser"));
        Assert.Contains("set CLERK_SECRET_KEY", missing, StringComparison.Ordinal);
        Assert.Contains("set CLERK_SERVICE_USER_ID", missing, StringComparison.Ordinal);

        var production = await FailAsync(
            ("HEMERA_API_BASE_URL", "https://api.hemera.academy"),
            ("Aither:TokenKind", "ServiceUser"),
            ("CLERK_SERVICE_USER_ID", "user_2abc"),
            ("CLERK_SECRET_KEY", "sk_live_abc"));
        Assert.Contains("use Kind Machine and set CLERK_MACHINE_SECRET_KEY", production, StringComparison.Ordinal);
    }

    [Theory]
    [Proves("G22")]
    [InlineData("http://10.0.0.7:5410")]
    [InlineData("ftp://api.hemera.academy")]
    [InlineData("https://user:password@api.hemera.academy")]
    [InlineData("https://api.hemera.academy?x=1")]
    [InlineData("api.hemera.academy")]
    public async Task An_address_that_is_not_safe_stops_the_start(string address)
    {
        var message = await FailAsync(("HEMERA_API_BASE_URL", address), ("CLERK_MACHINE_SECRET_KEY", "ak_0123456789"));
        Assert.Contains("HEMERA_API_BASE_URL must be", message, StringComparison.Ordinal);
    }

    [Theory]
    [Proves("A19")]
    [InlineData("https://api.hemera.academy", "https://api.hemera.academy/api/service/courses")]
    [InlineData("https://api.hemera.academy/", "https://api.hemera.academy/api/service/courses")]
    [InlineData("https://example.com/hemera", "https://example.com/hemera/api/service/courses")]
    [InlineData("http://localhost:5410", "http://localhost:5410/api/service/courses")]
    public async Task A_good_address_is_called(string address, string expected)
    {
        using var replay = new ReplayHandler(ReplayHandler.Answer.Json("[]"));
        await using var aither = await AitherHost.StartAsync(new StubTokens(_ => "token"), address, replay);
        using var response = await aither.GetAsync("/api/recordings");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(expected, Assert.Single(replay.Requests).Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:0")]
    [InlineData("Development", "http://0.0.0.0:0")]
    public async Task The_published_keys_start_in_development_and_on_loopback_only(string environment, string address)
    {
        var message = await FailAsync(
            ("environment", environment),
            ("urls", address),
            ("CLERK_API_URL", AitherHost.Nowhere),
            ("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret),
            ("HEMERA_API_BASE_URL", AitherHost.Nowhere));
        Assert.Contains("anybody can sign with them", message, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(params (string Key, string? Value)[] settings)
    {
        await using var app = AitherApp.Build(
            ["--environment", AitherHost.EnvironmentOf(settings)],
            configuration => configuration
                .AddInMemoryCollection(AitherHost.NoClerk)
                .AddInMemoryCollection([new("urls", "http://127.0.0.1:0")])
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))),
            services => services.AddLogging(logging => logging.ClearProviders()));
        return (await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync())).Message;
    }
}
