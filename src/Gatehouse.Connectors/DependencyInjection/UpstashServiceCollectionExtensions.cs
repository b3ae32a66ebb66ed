using Gatehouse.Connectors.Upstash;
using Gatehouse.Connectors.Upstash.Internal;
using Gatehouse.Limits;
using Gatehouse.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers limits that are counted at Upstash.</summary>
public static class UpstashServiceCollectionExtensions
{
    // Addresses change under a long-lived client: its connections are renewed, so that it need not be.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Counts limits at the Upstash database of <c>UPSTASH_REDIS_REST_URL</c> and <c>UPSTASH_REDIS_REST_TOKEN</c> if the configuration has
    /// either of them, and leaves them where they are if it has neither. One without the other keeps the app from starting.
    /// </summary>
    public static IServiceCollection AddUpstashLimits(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return UpstashLimitDefaults.Url(configuration) is null && UpstashLimitDefaults.Token(configuration) is null
            ? services
            : services.AddUpstashLimits(options =>
            {
                options.Url ??= UpstashLimitDefaults.Url(configuration);
                options.Token ??= UpstashLimitDefaults.Token(configuration);
            });
    }

    /// <summary>Counts limits at Upstash instead of in this process, on counters that it shares with <c>@upstash/ratelimit</c>.</summary>
    /// <param name="services">The services. Calling this twice adds nothing twice; whether before or after other limits makes no difference.</param>
    /// <param name="configure">Changes what the variables and <c>Gatehouse:Upstash</c> say.</param>
    /// <remarks>The start fails with one message that names every fault of the options.</remarks>
    public static IServiceCollection AddUpstashLimits(this IServiceCollection services, Action<UpstashLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<UpstashLimitOptions, UpstashLimitOptionsValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<UpstashLimitOptions>, ConfigureUpstashLimitOptions>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(UpstashClient)))
        {
            return services;
        }

        AddClient(services);
        services.AddSingleton<UsageRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<UsageRecorder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreDiagnosis, UpstashDiagnosis>());
        services.Replace(ServiceDescriptor.Singleton<ILimitStore, UpstashLimitStore>());
        return services;
    }

    // Time is bounded by what uses the client; a redirect is never followed, since it would carry the token elsewhere.
    private static void AddClient(IServiceCollection services) => services
        .AddSingleton<UpstashClient>()
        .AddHttpClient(UpstashClient.Name)
        .RemoveAllLoggers()
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.PooledConnectionLifetime = ConnectionLifetime;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
        });
}
