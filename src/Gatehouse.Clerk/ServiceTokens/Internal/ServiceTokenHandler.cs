using System.Net;
using System.Net.Http.Headers;
using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Sends the service's token with each request; meets 401 with one fresh token, and 429 with patience.</summary>
internal sealed class ServiceTokenHandler(
    string service,
    IServiceTokenSource source,
    ServiceTokenOptions options,
    TimeProvider time,
    ServiceTokenMetrics metrics,
    ILogger<ServiceTokenHandler> logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequireSafeWay(request.RequestUri);
        var repeatable = await RequestBody
            .MakeRepeatableAsync(request.Content, options.MaximumBufferedBytes, cancellationToken)
            .ConfigureAwait(false);
        var patience = new Patience(options);
        var renewed = false;
        while (true)
        {
            var token = await source.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
                var again = response.StatusCode switch
                {
                    HttpStatusCode.Unauthorized when !renewed =>
                        renewed = await RenewAsync(request, token, repeatable, cancellationToken).ConfigureAwait(false),
                    HttpStatusCode.TooManyRequests when repeatable =>
                        await WaitAsync(request, response, patience, cancellationToken).ConfigureAwait(false),
                    _ => false,
                };
                if (!again)
                {
                    return response;
                }
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }
    }

    // The address may come from data: a token must not travel in clear, whatever the client was pointed at.
    private static void RequireSafeWay(Uri? address)
    {
        if (address is null || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw new InvalidOperationException("A service token is sent over https only (http on loopback); change the client's address.");
        }
    }

    /// <returns>Whether there is another token to try.</returns>
    private async Task<bool> RenewAsync(HttpRequestMessage request, string refused, bool repeatable, CancellationToken cancellationToken)
    {
        ServiceTokenLog.Refused(logger, service, request.Method, request.RequestUri?.AbsolutePath);
        source.Invalidate(refused);
        return repeatable
            && !string.Equals(await source.GetTokenAsync(cancellationToken).ConfigureAwait(false), refused, StringComparison.Ordinal);
    }

    /// <returns>Whether it waited, rather than giving up.</returns>
    private async Task<bool> WaitAsync(
        HttpRequestMessage request,
        HttpResponseMessage response,
        Patience patience,
        CancellationToken cancellationToken)
    {
        if (patience.Next(RetryAfter.Of(response, time)) is not { } pause)
        {
            return false;
        }

        ServiceTokenLog.Throttled(logger, service, request.Method, request.RequestUri?.AbsolutePath, pause);
        metrics.Waited(service, pause);
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
