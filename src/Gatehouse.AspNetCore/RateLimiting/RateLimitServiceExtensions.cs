using Gatehouse.AspNetCore;
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
    /// Adds a limit that endpoints can ask for by the policy's name. Limits can also be written in the configuration, as
    /// <c>Gatehouse:Limits:&lt;name&gt;:Requests</c> and <c>:Window</c> (a sliding window).
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="policy">The limit, for each authenticated subject.</param>
    /// <param name="prefix">The path below which answers of 404 and 405 count and carry the headers too.</param>
    public static GatehouseBuilder AddRateLimit(this GatehouseBuilder builder, LimitPolicy policy, PathString prefix = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(policy);
        builder.Services.Configure<RateLimitOptions>(options => options.Policies[policy.Name] = new PrefixedLimit(policy, prefix));
        return builder;
    }

    internal static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RateLimitOptions>, ConfigureLimits>());
        services.TryAddSingleton<ILimitStore, MemoryLimitStore>();
        services.TryAddSingleton<EndpointLimits>();
        services.AddMetrics().TryAddSingleton<LimitGate>();
    }
}
