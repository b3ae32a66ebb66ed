using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The request as the upstream gets it: the caller's words, without what only we may say, and then that.</summary>
internal static class UpstreamRequest
{
    public static HttpRequestMessage Create(HttpContext context, Uri target, ForwardingOptions options, RequestBody? body, Tunnel? tunnel)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), target)
        {
            Content = body,
            Version = HttpVersion.Version20,
            VersionPolicy = options.Http2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };
        CopyHeaders(context.Request, request, options);
        if (body is not null)
        {
            body.Headers.ContentLength = context.Request.ContentLength;

            // The upstream is asked first, as the caller asks us: a body that is refused is then never sent, by either.
            request.Headers.ExpectContinue = context.Request.Headers.Expect.Count > 0 ? true : null;
        }

        AddOurWords(context, request);
        tunnel?.Ask(context.Request, request);
        return request;
    }

    public static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && context.Request.ContentLength != 0;

    private static void CopyHeaders(HttpRequest from, HttpRequestMessage to, ForwardingOptions options)
    {
        var connection = from.Headers.Connection;
        foreach (var (name, values) in from.Headers)
        {
            if (!RequestHeaders.Passes(name, connection) || options.DroppedHeaders.Contains(name))
            {
                continue;
            }

            if (!Add(to.Headers, name, values) && to.Content is { } content)
            {
                Add(content.Headers, name, values);
            }
        }
    }

    private static bool Add(HttpHeaders headers, string name, Microsoft.Extensions.Primitives.StringValues values) =>
        values.Count == 1 ? headers.TryAddWithoutValidation(name, values[0]) : headers.TryAddWithoutValidation(name, values.AsEnumerable());

    // What this app knows by itself. A chain of proxies before it is the business of ASP.NET Core's forwarded-headers middleware. The trace is
    // continued by the HTTP client, from the request's own activity.
    private static void AddOurWords(HttpContext context, HttpRequestMessage request)
    {
        if (context.Connection.RemoteIpAddress is { } address)
        {
            var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", plain.ToString());
        }

        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
    }
}
