using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

/// <summary>The source as <c>AddClerk</c> makes it, over real HTTP.</summary>
public sealed class OpaqueTokenRegistrationTests : IDisposable
{
    private readonly LogSink _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    [Proves("G26")]
    public async Task Source_is_there_for_verifiers_and_says_nothing_of_tokens_or_secrets_in_any_log()
    {
        await using var clerk = await StandIn.StartAsync(context => context.Response.WriteAsync("""
            {"object":"api_key","id":"ak_1","subject":"user_1","name":"n","scopes":[],"claims":{"note":"private-claim"},"revoked":false,"expired":false}
            """));
        using var services = Services(("CLERK_API_URL", clerk.Address.AbsoluteUri), ("CLERK_SECRET_KEY", "sk_test_hidden"));

        var lookup = await services.GetRequiredService<IOpaqueTokenSource>().FindAsync("ak_hidden", TokenClass.ApiKey, CancellationToken.None);

        Assert.True(lookup.Found);
        Assert.Contains("/v1/api_keys/verify", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("private-claim", _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Call_is_tried_once_since_somebody_waits_for_it(int status)
    {
        var calls = 0;
        await using var clerk = await StandIn.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        using var services = Services(("CLERK_API_URL", clerk.Address.AbsoluteUri), ("CLERK_SECRET_KEY", "sk_test_x"));

        var lookup = await services.GetRequiredService<IOpaqueTokenSource>().FindAsync("ak_x", TokenClass.ApiKey, CancellationToken.None);

        Assert.Equal((TokenFailure.KeysUnavailable, 1), (lookup.Failure, calls));
    }

    [Fact]
    public async Task Answer_without_end_is_given_up_at_a_mebibyte()
    {
        await using var clerk = await StandIn.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024]);
            }
        });
        using var services = Services(("CLERK_API_URL", clerk.Address.AbsoluteUri), ("CLERK_SECRET_KEY", "sk_test_x"));

        var lookup = await services.GetRequiredService<IOpaqueTokenSource>().FindAsync("ak_x", TokenClass.ApiKey, CancellationToken.None);

        Assert.Equal(TokenFailure.KeysUnavailable, lookup.Failure);
    }

    [Fact]
    public void Settings_are_read_from_the_configuration()
    {
        using var services = Services(
            ("Gatehouse:OpaqueTokens:CacheDuration", "00:00:05"), ("Gatehouse:OpaqueTokens:MaximumFruitlessCalls", "7"));
        var options = services.GetRequiredService<IOptions<OpaqueTokenOptions>>().Value;

        Assert.Equal((TimeSpan.FromSeconds(5), 7, 10_000), (options.CacheDuration, options.MaximumFruitlessCalls, options.MaximumTokens));
    }

    [Fact]
    public void Setting_out_of_bounds_stops_the_start()
    {
        using var services = Services(("Gatehouse:OpaqueTokens:CacheDuration", "00:02:00"));

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal("Property CacheDuration: must be 0 to 60 seconds", Assert.Single(refused.Failures));
    }

    [Fact]
    public void Without_secrets_the_source_is_there_and_can_ask_about_nothing()
    {
        using var services = Services();

        Assert.Equal(TokenClass.None, services.GetRequiredService<ClerkOpaqueTokenSource>().Classes);
        Assert.Same(services.GetRequiredService<ClerkOpaqueTokenSource>(), services.GetRequiredService<IOpaqueTokenSource>());
    }

    private ServiceProvider Services(params (string Key, string? Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build())
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
        .AddClerk()
        .BuildServiceProvider();
}
