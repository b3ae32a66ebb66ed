using System.Diagnostics.Metrics;
using System.Net;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

/// <summary>The whole way over real HTTP: a client asks, Clerk mints, the called service judges.</summary>
public sealed class ServiceTokenRegistrationTests
{
    private static readonly string FirstToken = Specimens.Jwt(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(15), "1");
    private static readonly string SecondToken = Specimens.Jwt(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(15), "2");

    [Fact]
    [Proves("A1", "A15")]
    public async Task Client_calls_with_a_token_that_is_minted_once()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services => services.AddHttpClient("hemera").AddServiceToken("hemera"));

        await here.CallAsync(services, "hemera");
        await here.CallAsync(services, "hemera");

        Assert.Equal(
            ["/v1/m2m_tokens Bearer ak_machine_secret", $"/courses Bearer {FirstToken}", $"/courses Bearer {FirstToken}"],
            here.Calls);
    }

    [Fact]
    public async Task Refused_token_is_replaced_by_a_newly_minted_one()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services => services.AddHttpClient("hemera").AddServiceToken("hemera"));
        here.Verdict = bearer => bearer == $"Bearer {SecondToken}" ? 200 : 401;

        using var response = await here.CallAsync(services, "hemera");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, here.Mints);
    }

    [Fact]
    [Proves("A2")]
    public async Task Clients_of_one_service_share_its_token_and_other_services_have_their_own()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services =>
        {
            services.AddHttpClient("courses").AddServiceToken("hemera");
            services.AddHttpClient("results").AddServiceToken("hemera");
            services.AddHttpClient("zmanim").AddServiceToken("shtetl");
        });

        await here.CallAsync(services, "courses");
        await here.CallAsync(services, "results");
        Assert.Equal(1, here.Mints);

        await here.CallAsync(services, "zmanim");
        Assert.Equal(2, here.Mints);
    }

    [Fact]
    public async Task Adding_the_same_token_twice_adds_nothing_twice()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(
            services => services.AddHttpClient("hemera").AddServiceToken("hemera").AddServiceToken("hemera"));
        here.Verdict = _ => 401;

        await here.CallAsync(services, "hemera");

        Assert.Equal(2, here.Calls.Count(call => call.StartsWith("/courses", StringComparison.Ordinal)));
    }

    [Fact]
    [Proves("A16")]
    public async Task Source_of_ones_own_takes_the_place_of_clerk()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services =>
        {
            services.AddHttpClient("hemera").AddServiceToken("hemera");
            services.AddKeyedSingleton<IServiceTokenSource>("hemera", new FakeTokenSource("mock-token"));
        });

        await here.CallAsync(services, "hemera");

        Assert.Equal(["/courses Bearer mock-token"], here.Calls);
    }

    [Fact]
    [Proves("A9")]
    public async Task No_secret_and_no_token_is_ever_logged()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services => services.AddHttpClient("hemera").AddServiceToken("hemera"));
        here.Verdict = _ => 401;
        await here.CallAsync(services, "hemera");
        here.ClerkStatus = StatusCodes.Status401Unauthorized;
        services.GetRequiredKeyedService<IServiceTokenSource>("hemera").Clear();

        await Assert.ThrowsAsync<ServiceTokenException>(() => here.CallAsync(services, "hemera"));

        Assert.Contains(
            "Failed to obtain service token from Clerk: Clerk answered POST /v1/m2m_tokens with 401", here.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ak_machine_secret", here.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FirstToken, here.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SecondToken, here.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_fails_with_every_fault_named()
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddServiceToken("hemera", options => (options.MaximumAttempts, options.MaximumWait) = (0, TimeSpan.FromDays(1)))
            .BuildServiceProvider();

        var thrown = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            [
                "Property MaximumAttempts: must be 1 to 20",
                "Property MaximumWait: must be 0 to 10 minutes",
                "Property Kind: set CLERK_MACHINE_SECRET_KEY: machine tokens are minted with it",
            ],
            thrown.Failures);
    }

    [Fact]
    public async Task Mints_and_hits_are_counted_by_service()
    {
        await using var here = await Neighbourhood.StartAsync();
        await using var services = here.Services(services => services.AddServiceToken("hemera"));
        var factory = services.GetRequiredService<IMeterFactory>();
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ServiceTokenMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add(
            $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))} {value}"));
        listener.Start();
        var source = services.GetRequiredKeyedService<IServiceTokenSource>("hemera");

        await source.GetTokenAsync(CancellationToken.None);
        await source.GetTokenAsync(CancellationToken.None);

        Assert.Equal(["gatehouse.service_token.mints hemera minted 1", "gatehouse.service_token.hits hemera 1"], counted);
    }
}
