using Gatehouse.Clerk;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Internal;
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
        AddOnce(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    /// <summary>
    /// Adds a further Clerk instance beside the main one, with keys, clients and caches of its own, as services with its name as key.
    /// </summary>
    /// <param name="services">The services. Calling this twice for an instance adds nothing twice.</param>
    /// <param name="instance">Its name here. Any but <see cref="ClerkDefaults.MainInstance"/>, without colons.</param>
    /// <param name="configure">Changes what the variables say.</param>
    /// <remarks>
    /// Its <c>CLERK_…</c> variables are read from <c>Gatehouse:Instances:&lt;instance&gt;</c>
    /// (<c>Gatehouse__Instances__&lt;instance&gt;__CLERK_SECRET_KEY</c>), and none from anywhere else. With a publishable key it is an
    /// issuer, whose tokens enter only where an entrance names it.
    /// </remarks>
    public static IServiceCollection AddClerk(this IServiceCollection services, string instance, Action<ClerkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(instance);
        if (instance == ClerkDefaults.MainInstance || instance.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"give it a name other than '{ClerkDefaults.MainInstance}', without colons", nameof(instance));
        }

        AddOnce(services);
        if (services.TryAddInstance(instance))
        {
            services.AddSingleton(new ClerkInstance(instance));
        }

        if (configure is not null)
        {
            services.Configure(instance, configure);
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
        if (!services.TryAddInstance(Options.Options.DefaultName))
        {
            return;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ClerkOptions>, ConfigureClerkOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OpaqueTokenOptions>, ConfigureOpaqueTokenOptions>());
        services.AddOptionsWithValidateOnStart<OpaqueTokenOptions, OpaqueTokenOptionsValidator>();
        services.AddMainInstanceUnkeyed();
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
