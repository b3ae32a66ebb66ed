using System.Diagnostics.Metrics;
using Gatehouse.Clerk;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Api.Internal;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Clerk.OpaqueTokens.Internal;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Clerk's Backend API, its key set, and service tokens.</summary>
public static class ClerkServiceCollectionExtensions
{
    private const int MaximumWordBytes = 1024 * 1024;

    /// <summary>
    /// Adds <see cref="ClerkBackendClient"/>, and the instance's <see cref="IKeySetSource"/> and <see cref="IOpaqueTokenSource"/>, with the
    /// <c>CLERK_…</c> variables of a configuration.
    /// </summary>
    public static IServiceCollection AddClerk(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddClerk(options => ConfigureClerkOptions.Bind(configuration, options));
    }

    /// <summary>Adds them with the <c>CLERK_…</c> variables of the container's own configuration, if it has one.</summary>
    /// <param name="services">The services. Calling this twice adds nothing twice.</param>
    /// <param name="configure">Changes what the variables say.</param>
    /// <remarks>
    /// The start fails with one message that names every fault. With <c>CLERK_JWT_KEY</c> the keys are that one and nothing is downloaded;
    /// otherwise they come from the Backend API (with a secret key), the proxy, or the Frontend API, in this order.
    /// How opaque tokens are asked about is read from <c>Gatehouse:OpaqueTokens</c> (<see cref="OpaqueTokenOptions"/>).
    /// </remarks>
    public static IServiceCollection AddClerk(this IServiceCollection services, Action<ClerkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(ClerkBackendClient)))
        {
            AddOnce(services);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    /// <summary>Adds the token with which one service is called, as keyed <see cref="IServiceTokenSource"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="service">The called service's name, which is also the key.</param>
    /// <param name="configure">In whose name, and how patiently.</param>
    public static IServiceCollection AddServiceToken(
        this IServiceCollection services,
        string service,
        Action<ServiceTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(service);

        services.AddClerk();
        services.AddMetrics().TryAddSingleton<ServiceTokenMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ServiceTokenOptions>, ServiceTokenOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ServiceTokenOptions>, FillServiceUser>());
        services.AddOptionsWithValidateOnStart<ServiceTokenOptions>(service).Configure(configure ?? (_ => { }));
        services.TryAddKeyedSingleton<IServiceTokenSource>(service, (provider, _) => CreateSource(provider, service));
        return services;
    }

    private static void AddOnce(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ClerkOptions>, ConfigureClerkOptions>());
        services.AddOptionsWithValidateOnStart<ClerkOptions, ClerkOptionsValidator>();

        services.AddLongLivedHttpClient(ClerkDefaults.KeySetHttpClientName);
        services.AddLongLivedHttpClient(ClerkDefaults.HttpClientName).AddHttpMessageHandler(provider => new ClerkRetryHandler(
            provider.GetRequiredService<IOptions<ClerkOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClerkRetryHandler>>()));

        services.TryAddSingleton(provider => new ClerkBackendClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClerkDefaults.HttpClientName),
            provider.GetRequiredService<IOptions<ClerkOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IKeySetSource>(ClerkKeys.Create);
        AddOpaqueTokens(services);
    }

    private static void AddOpaqueTokens(IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OpaqueTokenOptions>, ConfigureOpaqueTokenOptions>());
        services.AddOptionsWithValidateOnStart<OpaqueTokenOptions, OpaqueTokenOptionsValidator>();
        services.AddLongLivedHttpClient(ClerkDefaults.OpaqueTokenHttpClientName)
            .ConfigureHttpClient(client => client.MaxResponseContentBufferSize = MaximumWordBytes);
        services.TryAddSingleton(provider => new ClerkOpaqueTokenSource(
            new ClerkBackendClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClerkDefaults.OpaqueTokenHttpClientName),
                provider.GetRequiredService<IOptions<ClerkOptions>>(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<IOptions<OpaqueTokenOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<ClerkOpaqueTokenSource>>()));
        services.TryAddSingleton<IOpaqueTokenSource>(provider => provider.GetRequiredService<ClerkOpaqueTokenSource>());
    }

    private static CachedServiceTokenSource CreateSource(IServiceProvider provider, string service)
    {
        var clerk = provider.GetRequiredService<ClerkBackendClient>();
        var options = provider.GetRequiredService<IOptionsMonitor<ServiceTokenOptions>>().Get(service);
        return new CachedServiceTokenSource(
            service,
            options.Kind == ServiceTokenKind.ServiceUser
                ? new ServiceUserTokenMinter(clerk, options, provider.GetRequiredService<ILogger<ServiceUserTokenMinter>>())
                : new M2MTokenMinter(clerk, options),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ServiceTokenMetrics>(),
            provider.GetRequiredService<ILogger<CachedServiceTokenSource>>());
    }
}
