using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Revocations;
using Gatehouse.AspNetCore.Revocations.Internal;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How revocations are heard of.</summary>
public static class RevocationExtensions
{
    private const string FeedClient = "Gatehouse.Revocations";

    /// <summary>Hears of revocations from another process, such as the Gatehouse host, and refuses within a second what is revoked there.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="address">The feed's address; null for the setting <c>Gatehouse:Revocations:Feed</c>.</param>
    /// <param name="serviceToken">In whose name it is read. Default this machine's own token.</param>
    /// <remarks>
    /// While the feed is silent for a minute, tokens that live longer than that are refused (<see cref="RevocationOptions.WhenStale"/>), and
    /// the health check <c>gatehouse-revocations</c> fails.
    /// </remarks>
    public static GatehouseBuilder AddRevocationFeed(
        this GatehouseBuilder builder, Uri? address = null, Action<ServiceTokenOptions>? serviceToken = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (address is not null)
        {
            services.Configure<RevocationOptions>(options => options.Feed = address);
        }

        services.AddOptions<RevocationOptions>().Validate(options => options.Feed is not null, "set Gatehouse:Revocations:Feed to the feed's address");
        services.AddHttpClient(FeedClient, client => client.Timeout = Timeout.InfiniteTimeSpan).AddServiceToken("gatehouse", serviceToken);
        services.TryAddSingleton<IRevocationFeed>(provider => new HttpRevocationFeed(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(FeedClient),
            provider.GetRequiredService<IOptions<RevocationOptions>>().Value.Feed!));
        return builder.AddRevocationFeedReader();
    }

    /// <summary>Reads whatever feed is registered as <see cref="IRevocationFeed"/>.</summary>
    public static GatehouseBuilder AddRevocationFeedReader(this GatehouseBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RevocationFeedReader>());
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "gatehouse-revocations",
            provider => ActivatorUtilities.CreateInstance<RevocationHealth>(provider),
            HealthStatus.Unhealthy,
            ["ready"]));
        return builder;
    }

    internal static void AddRevocations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RevocationOptions, RevocationOptionsValidator>()
            .BindConfiguration($"{GatehouseDefaults.Section}:Revocations");
        services.TryAddSingleton<RevocationList>();
        services.TryAddSingleton<IRevocationRegister, MemoryRevocationRegister>();
    }
}
