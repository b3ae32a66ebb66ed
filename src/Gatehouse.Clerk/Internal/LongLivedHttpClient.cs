using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Clerk.Internal;

/// <summary>HTTP clients that are held by what lives as long as the process.</summary>
internal static class LongLivedHttpClient
{
    // Addresses change under a long-lived client: its connections are renewed, so that it need not be.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    // Time is bounded by what uses the client; a redirect is never followed, since it would carry a secret elsewhere.
    public static IHttpClientBuilder AddLongLivedHttpClient(this IServiceCollection services, string name) => services
        .AddHttpClient(name)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.PooledConnectionLifetime = ConnectionLifetime;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
        });
}
