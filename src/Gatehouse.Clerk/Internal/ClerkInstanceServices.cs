using System.Diagnostics.Metrics;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Api.Internal;
using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Internal;

/// <summary>What belongs to one Clerk instance and is shared with no other: its clients, keys, and words about opaque tokens.</summary>
internal static class ClerkInstanceServices
{
    private const int MaximumWordBytes = 1024 * 1024;

    /// <summary>Adds the services of an instance under its name as key; those of the main one, whose name is empty, without a key too.</summary>
    /// <returns>False when it was added before.</returns>
    public static bool TryAddInstance(this IServiceCollection services, string instance)
    {
        if (services.Any(service => service.IsKeyedService && service.ServiceType == typeof(ClerkBackendClient) && instance.Equals(service.ServiceKey)))
        {
            return false;
        }

        services.AddOptionsWithValidateOnStart<ClerkOptions, ClerkOptionsValidator>(instance);
        services.AddLongLivedHttpClient(ClientOf(ClerkDefaults.KeySetHttpClientName, instance));
        services.AddLongLivedHttpClient(ClientOf(ClerkDefaults.HttpClientName, instance)).AddHttpMessageHandler(provider => new ClerkRetryHandler(
            OptionsOf(provider, instance),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClerkRetryHandler>>()));
        services.AddLongLivedHttpClient(ClientOf(ClerkDefaults.OpaqueTokenHttpClientName, instance))
            .ConfigureHttpClient(client => client.MaxResponseContentBufferSize = MaximumWordBytes);

        services.AddKeyedSingleton(instance, (provider, _) => CreateClient(provider, ClerkDefaults.HttpClientName, instance));
        services.AddKeyedSingleton(instance, (provider, _) => ClerkKeys.Create(
            provider, OptionsOf(provider, instance).Value, ClientOf(ClerkDefaults.KeySetHttpClientName, instance)));
        services.AddKeyedSingleton(instance, (provider, _) => CreateOpaqueTokenSource(provider, instance));
        services.AddKeyedSingleton<IOpaqueTokenSource>(instance, (provider, _) => provider.GetRequiredKeyedService<ClerkOpaqueTokenSource>(instance));
        return true;
    }

    /// <summary>Lets the main instance's services be had without a key, unless the app has brought its own.</summary>
    public static void AddMainInstanceUnkeyed(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ClerkBackendClient>(Options.DefaultName));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IKeySetSource>(Options.DefaultName));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ClerkOpaqueTokenSource>(Options.DefaultName));
        services.TryAddSingleton<IOpaqueTokenSource>(provider => provider.GetRequiredService<ClerkOpaqueTokenSource>());
    }

    private static ClerkOpaqueTokenSource CreateOpaqueTokenSource(IServiceProvider provider, string instance) => new(
        CreateClient(provider, ClerkDefaults.OpaqueTokenHttpClientName, instance),
        provider.GetRequiredService<IOptions<OpaqueTokenOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<IMeterFactory>(),
        provider.GetRequiredService<ILogger<ClerkOpaqueTokenSource>>());

    private static ClerkBackendClient CreateClient(IServiceProvider provider, string client, string instance) => new(
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientOf(client, instance)),
        OptionsOf(provider, instance),
        provider.GetRequiredService<TimeProvider>());

    private static string ClientOf(string client, string instance) => instance.Length == 0 ? client : $"{client}:{instance}";

    private static IOptions<ClerkOptions> OptionsOf(IServiceProvider provider, string instance) => instance.Length == 0
        ? provider.GetRequiredService<IOptions<ClerkOptions>>()
        : Options.Create(provider.GetRequiredService<IOptionsMonitor<ClerkOptions>>().Get(instance));
}
