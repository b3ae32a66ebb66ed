using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>A request as the browser made it, which behind a forward-auth proxy is not the request that arrives.</summary>
internal sealed class BrowserVisit(string method, string scheme, HostString host, PathString path, QueryString query, IHeaderDictionary headers)
{
    public IHeaderDictionary Headers => headers;

    /// <summary>Scheme, host and port as browsers write them.</summary>
    public string Origin => $"{scheme}://{host.ToUriComponent()}".ToLowerInvariant();

    public QueryString Query => query;

    public bool IsSecure => scheme == "https";

    /// <summary>Whether the browser fetches a page for somebody to look at. Only such a request can be sent elsewhere and come back.</summary>
    public bool IsNavigation => HttpMethods.IsGet(method) && headers["Sec-Fetch-Dest"] switch
    {
        ["document"] or ["iframe"] => true,
        [] => headers.Accept.ToString().StartsWith("text/html", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether a page fetches it to look like itself: a style, a script, a picture.</summary>
    public bool IsPartOfAPage => headers["Sec-Fetch-Dest"] is [{ Length: > 0 } kind] && kind is not ("document" or "iframe" or "empty");

    private bool ChangesNothing =>
        (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) && headers.Upgrade.Count == 0;

    public static BrowserVisit Of(HttpContext context)
    {
        var request = context.Request;
        return new BrowserVisit(
            request.Method, request.Scheme, request.Host, request.PathBase + request.Path, request.QueryString, request.Headers);
    }

    /// <summary>The whole address with another query.</summary>
    public string AddressWith(QueryString other) => UriHelper.BuildAbsolute(scheme, host, path, query: other);

    /// <summary>
    /// Whether the browser's own word shows that a page of ours asked. Browsers send cookies along with what other sites' pages ask, too;
    /// where that would change something, or open a web socket, it takes that word.
    /// </summary>
    public bool IsAskedByOurs(FrozenSet<string> parties) =>
        ChangesNothing || IsSameOrigin || headers.Origin is [{ } origin] && parties.Contains(origin);

    /// <summary>Whether a session may be renewed for this request: of our own pages, or a page that somebody opens.</summary>
    public bool MayRenew(FrozenSet<string> parties) =>
        IsSameOrigin
        || IsNavigation
        || headers["Sec-Fetch-Site"] switch { [] or ["none"] => ChangesNothing, _ => false }
        || headers.Origin is [{ } origin] && parties.Contains(origin);

    private bool IsSameOrigin => headers["Sec-Fetch-Site"] is ["same-origin"];
}
