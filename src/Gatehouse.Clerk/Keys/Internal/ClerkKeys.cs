using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Chooses where an instance's keys come from.</summary>
internal static class ClerkKeys
{
    /// <exception cref="InvalidOperationException">Nothing is configured that would tell.</exception>
    public static IKeySetSource Create(IServiceProvider services, ClerkOptions options, string client)
    {
        if (options.JwtKey is { } pem)
        {
            return FixedKeySource.FromPem(pem);
        }

        var address = options.KeySetAddress() ?? throw new InvalidOperationException(
            "Nothing says where Clerk's keys are: set CLERK_SECRET_KEY, CLERK_PUBLISHABLE_KEY, CLERK_PROXY_URL or CLERK_JWT_KEY.");
        return new ClerkKeySetSource(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(client),
            new KeySetSourceOptions { Address = address, SecretKey = options.SecretKey },
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ClerkKeySetSource>>());
    }
}
