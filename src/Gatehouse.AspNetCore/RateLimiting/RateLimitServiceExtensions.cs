using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Proxies;
using Gatehouse.AspNetCore.Proxies.Internal;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.AspNetCore.RateLimiting.Internal;
using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The limits of an app.</summary>
public static class RateLimitServiceExtensions
{
    /// <summary>
    /// Adds a limit that endpoints can ask for by the policy's name. Limits can also be written in the configuration, in
    /// <c>Gatehouse:Limits:&lt;name&gt;</c> (docs/limits.md), whose word goes before the code's.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="policy">The limit, for each authenticated subject.</param>
    /// <param name="prefix">The path below which answers of 404 and 405 count and carry the headers too.</param>
    public static GatehouseBuilder AddRateLimit(this GatehouseBuilder builder, LimitPolicy policy, PathString prefix = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return builder.AddRateLimit(new PrefixedLimit(policy, prefix));
    }

    /// <summary>Adds a limit with all that can be said of one: whom it counts, whom it spares, what it does while its store is away.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">The limit.</param>
    public static GatehouseBuilder AddRateLimit(this GatehouseBuilder builder, PrefixedLimit limit)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(limit);
        builder.Services.Configure<RateLimitOptions>(options => options.Policies[limit.Policy.Name] = limit);
        return builder;
    }

    internal static void AddLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions, RateLimitOptionsValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RateLimitOptions>, ConfigureLimits>());
        services.AddOptionsWithValidateOnStart<ProxyOptions, ProxyOptionsValidator>().BindConfiguration(GatehouseDefaults.Section);
        services.TryAddSingleton<ClientAddress>();
        services.TryAddSingleton<LimitCounter>();
        services.TryAddSingleton<ILimitStore, MemoryLimitStore>();
        services.TryAddSingleton<EndpointLimits>();
        services.TryAddSingleton<UsageLog>();
        services.AddMetrics().TryAddSingleton<LimitGate>();
    }
}
