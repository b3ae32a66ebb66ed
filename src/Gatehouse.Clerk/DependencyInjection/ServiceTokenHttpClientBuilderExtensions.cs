using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes an HTTP client call a service with this service's own token.</summary>
public static class ServiceTokenHttpClientBuilderExtensions
{
    /// <summary>Sends <c>Authorization: Bearer</c> and the token with each request of this client.</summary>
    /// <param name="builder">The client. Calling this twice for it adds nothing twice.</param>
    /// <param name="service">The called service's name. Clients of the same service share its token.</param>
    /// <param name="configure">In whose name, and how patiently.</param>
    /// <remarks>
    /// A 401 drops the token, and the request is sent once more with a fresh one. A 429 is waited out as its <c>Retry-After</c> says. Both
    /// only if the request's body can be sent twice.
    /// </remarks>
    public static IHttpClientBuilder AddServiceToken(
        this IHttpClientBuilder builder,
        string service,
        Action<ServiceTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddServiceToken(service, configure);
        var registration = new ServiceTokenRegistration(builder.Name, service);
        if (builder.Services.Any(known => !known.IsKeyedService && registration.Equals(known.ImplementationInstance)))
        {
            return builder;
        }

        builder.Services.AddSingleton(registration);
        return builder.AddHttpMessageHandler(provider => new ServiceTokenHandler(
            service,
            provider.GetRequiredKeyedService<IServiceTokenSource>(service),
            provider.GetRequiredService<IOptionsMonitor<ServiceTokenOptions>>().Get(service),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ServiceTokenMetrics>(),
            provider.GetRequiredService<ILogger<ServiceTokenHandler>>()));
    }
}
