using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Which of the upstream's headers a caller gets to see: those of its answer, not those that speak for this origin.</summary>
internal static class ResponseHeaders
{
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "Via", "Alt-Svc", "Strict-Transport-Security", "Public-Key-Pins",
        "Expect-CT", "NEL", "Report-To", "Reporting-Endpoints", "RateLimit", "Content-Length",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Cookies =
        new[] { "Set-Cookie", "Set-Cookie2", "Clear-Site-Data" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void Copy(HttpResponseMessage from, HttpResponse to, ForwardingOptions options)
    {
        var connection = from.Headers.NonValidated.TryGetValues("Connection", out var named) ? new StringValues([.. named]) : default;
        Copy(from.Headers, to, connection, options);
        Copy(from.Content.Headers, to, connection, options);
    }

    public static bool Passes(string name, StringValues connection, ForwardingOptions options) =>
        !Dropped.Contains(name)
        && !HopByHop.Contains(name)
        && !name.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("RateLimit-", StringComparison.OrdinalIgnoreCase)
        && (options.PassSetCookie || !Cookies.Contains(name))
        && (options.PassCors || !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
        && !HopByHop.IsNamedBy(connection, name);

    /// <summary>Whether a value can be sent: printable ASCII. The server would fail the whole answer over another.</summary>
    public static bool IsSendable(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void Copy(HttpHeaders from, HttpResponse to, StringValues connection, ForwardingOptions options)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!Passes(name, connection, options))
            {
                continue;
            }

            if (values.Count == 1)
            {
                var value = values.ToString();
                if (IsSendable(value))
                {
                    to.Headers[name] = value;
                }
            }
            else
            {
                to.Headers[name] = new StringValues([.. values.Where(IsSendable)]);
            }
        }
    }
}
