using Gatehouse.Clerk;
using Gatehouse.Clerk.Internal;
using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.Keys.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers issuers of tokens that are no Clerk instances.</summary>
public static class OpenIdConnectServiceCollectionExtensions
{
    /// <summary>Adds an OpenID Connect issuer, as a <see cref="TokenIssuer"/> and as one that is found by its name as key.</summary>
    /// <param name="services">The services. Calling this twice for an issuer adds nothing twice.</param>
    /// <param name="issuer">The issuer, exactly as its tokens name it in <c>iss</c>: HTTPS, or HTTP on loopback.</param>
    /// <param name="configure">Where its keys are, and how they are kept.</param>
    /// <remarks>
    /// Its tokens are of the class <see cref="TokenClass.OAuth"/>, and enter only for an audience that the entrance names. The start fails
    /// with one message that names every fault.
    /// </remarks>
    public static IServiceCollection AddOpenIdConnectIssuer(
        this IServiceCollection services,
        string issuer,
        Action<OpenIdConnectIssuerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        if (!Issuers(services).Any())
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddLongLivedHttpClient(ClerkDefaults.OpenIdConnectHttpClientName);
            services.AddSingleton<IValidateOptions<OpenIdConnectIssuerOptions>, OpenIdConnectIssuerOptionsValidator>();
        }

        if (!Issuers(services).Any(known => issuer.Equals(known.ServiceKey)))
        {
            services.AddOptionsWithValidateOnStart<OpenIdConnectIssuerOptions>(issuer);
            services.AddKeyedSingleton(issuer, (provider, _) => CreateIssuer(provider, issuer));
            services.AddSingleton(provider => provider.GetRequiredKeyedService<TokenIssuer>(issuer));
        }

        if (configure is not null)
        {
            services.Configure(issuer, configure);
        }

        return services;
    }

    private static IEnumerable<ServiceDescriptor> Issuers(IServiceCollection services) =>
        services.Where(service => service.IsKeyedService && service.ServiceType == typeof(TokenIssuer));

    private static TokenIssuer CreateIssuer(IServiceProvider provider, string issuer)
    {
        var keys = new OpenIdConnectKeySetSource(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClerkDefaults.OpenIdConnectHttpClientName),
            issuer,
            provider.GetRequiredService<IOptionsMonitor<OpenIdConnectIssuerOptions>>().Get(issuer),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OpenIdConnectKeySetSource>>());
        return new TokenIssuer(issuer, keys) { IsOpenIdConnect = true };
    }
}
