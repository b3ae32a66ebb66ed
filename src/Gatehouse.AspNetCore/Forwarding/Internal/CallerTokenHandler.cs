using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Puts the caller's token on what a client sends while the caller's request is answered.</summary>
internal sealed class CallerTokenHandler(CallerTokens tokens, IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext is not { } context)
        {
            throw new InvalidOperationException("a client with the caller's token is used while no request is answered: there is no caller");
        }

        if (request.RequestUri is not { IsAbsoluteUri: true } address || !(address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            throw new InvalidOperationException($"{request.RequestUri} is neither https nor on this machine: the caller's token is not sent there");
        }

        if (await tokens.FindAsync(context, cancellationToken).ConfigureAwait(false) is not { } token)
        {
            return new HttpResponseMessage(HttpStatusCode.Unauthorized) { RequestMessage = request };
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
