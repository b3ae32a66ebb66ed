using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>The client's own request, as far as a trusted proxy tells of it.</summary>
internal static class ForwardedRequest
{
    // No method that any rule takes for a harmless one: without a proxy's word every request may be one that changes something.
    private const string Unknown = "UNKNOWN";

    /// <returns>False when a trusted proxy contradicts itself: a header twice, or one that is no method, scheme, host or path.</returns>
    public static bool TryRead(HttpContext context, ForwardAuthTarget target, bool isTrusted, out BrowserVisit visit)
    {
        var request = context.Request;
        if (!isTrusted)
        {
            visit = new BrowserVisit(Unknown, request.Scheme, default, "/", QueryString.Empty, request.Headers);
            return true;
        }

        // Envoy asks with the client's own method, host and path; the others with their own, and tell the client's.
        var own = target.Rest is not null;
        var method = own ? request.Method : One(request.Headers["X-Forwarded-Method"]);
        var host = own ? request.Host.Value : One(request.Headers["X-Forwarded-Host"]);
        var uri = own ? target.Rest : One(request.Headers["X-Forwarded-Uri"]);
        var scheme = One(request.Headers["X-Forwarded-Proto"]);
        visit = null!;
        if (method is null || host is null || uri is null || scheme is not ("http" or "https") || !IsHost(host) || !IsTarget(uri) || !IsMethod(method))
        {
            return false;
        }

        var query = uri.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? uri : uri[..query];
        visit = new BrowserVisit(
            method,
            scheme,
            new HostString(host),
            PathString.FromUriComponent(path),
            query < 0 ? QueryString.Empty : new QueryString(uri[query..]),
            request.Headers);
        return true;
    }

    private static string? One(StringValues values) => values is [{ Length: > 0 } only] && !only.Contains(',', StringComparison.Ordinal) ? only : null;

    private static bool IsMethod(string text) => text.Length <= 32 && text.All(char.IsAsciiLetterUpper);

    private static bool IsHost(string text) =>
        text.Length <= 255
        && Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
        && (string.Equals(uri.Authority, text, StringComparison.OrdinalIgnoreCase) || string.Equals($"{uri.Host}:{uri.Port}", text, StringComparison.OrdinalIgnoreCase));

    private static bool IsTarget(string text) =>
        text is ['/', ..] && text.Length <= 8192 && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('#', StringComparison.Ordinal);
}
