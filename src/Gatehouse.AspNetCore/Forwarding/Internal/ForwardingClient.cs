using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The HTTP client that forwards, and decides nothing by itself.</summary>
internal static class ForwardingClient
{
    // Addresses change under a client that lives as long as the process: its connections are renewed, so that it need not be.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static void AddForwardingClient(this IServiceCollection services) => services
        .AddHttpClient(ForwardingDefaults.HttpClientName)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers()   // they write addresses with their queries
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.UseProxy = false;
            handler.AutomaticDecompression = System.Net.DecompressionMethods.None;
            handler.ConnectTimeout = ForwardingDefaults.ConnectTimeout;
            handler.PooledConnectionLifetime = ConnectionLifetime;
            handler.EnableMultipleHttp2Connections = true;
            handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;   // as the server read them
            handler.MaxResponseDrainSize = 0;   // an answer that nobody waits for is not read to its end, and may have none
        });
}
