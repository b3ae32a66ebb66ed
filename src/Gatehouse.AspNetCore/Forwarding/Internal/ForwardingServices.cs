using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>What forwarding needs. None of it is made before a route forwards.</summary>
internal static class ForwardingServices
{
    public static void AddForwarding(this IServiceCollection services)
    {
        services.AddForwardingClient();
        services.AddMetrics().TryAddSingleton<ForwardingMetrics>();
        services.TryAddSingleton<SessionTokens>();
        services.TryAddSingleton<ForwardingRoutes>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ForwardingRoutes>(
            provider => provider.GetRequiredService<ForwardingRoutes>()));
    }
}
