using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>A visit to one of the pages: by whom, and where to go from there.</summary>
internal sealed class PageVisit
{
    private const string DevBrowserParameter = "__clerk_db_jwt";

    // Clerk's clients know several ways back; the first that is given is taken.
    private static readonly string[] RedirectParameters =
        ["redirect_url", "sign_in_force_redirect_url", "sign_up_force_redirect_url", "sign_in_fallback_redirect_url", "sign_up_fallback_redirect_url"];

    private PageVisit(HttpContext context, Uri? redirect, bool isMisled) =>
        (Context, Redirect, IsMisled) = (context, redirect, isMisled);

    public HttpContext Context { get; }

    /// <summary>Where to send the browser in the end; null for nowhere.</summary>
    public Uri? Redirect { get; }

    /// <summary>Whether the address asks for a way back to where no browser may be sent.</summary>
    public bool IsMisled { get; }

    /// <summary>Whether a page of another origin sent the form.</summary>
    public bool IsForeign =>
        Context.Request.Headers.Origin.Count > 0
        && !string.Equals(
            Context.Request.Headers.Origin, $"{Context.Request.Scheme}://{Context.Request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>The query of the address, to be kept by the page's forms and links.</summary>
    public string Query => HtmlPage.Text(Context.Request.QueryString.Value);

    public static PageVisit Of(HttpContext context, OriginPolicy origins)
    {
        var asked = RedirectParameters
            .Select(name => context.Request.Query[name].LastOrDefault())
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
        var redirect = origins.ReadRedirect(asked);
        return new PageVisit(context, redirect, isMisled: asked is not null && redirect is null);
    }

    /// <summary>The visiting browser, by the token that the address brings along or by its cookie; null when it is new.</summary>
    public BrowserClient? FindClient(ClerkData data) =>
        (Context.Request.Query[DevBrowserParameter] is [{ Length: > 0 } devBrowser] ? data.Clients.FindByDevBrowser(devBrowser) : null)
        ?? BrowserIdentity.FindByCookie(Context.Request, data);

    /// <summary>Sends the browser back, with the token by which the app can ask for it in a handshake.</summary>
    public void SendBack(BrowserClient client, string otherwise)
    {
        ClientCookie.Give(Context, client);
        Context.Response.StatusCode = StatusCodes.Status303SeeOther;
        Context.Response.Headers.CacheControl = "no-store";
        Context.Response.Headers.Location = Redirect is null ? otherwise : Address(Redirect, client.DevBrowser);
    }

    public Task RefuseAsync() => HtmlPage.WriteAsync(Context, StatusCodes.Status400BadRequest, "Not there", IsMisled
        ? """<p class="refused">The address asks to be sent to a place that is neither on this machine nor named in <code>LocalClerk:AllowedOrigins</code>.</p>"""
        : """<p class="refused">The form was sent by a page of another origin.</p>""");

    // In place of a token that the address may hold already: it could be an earlier one.
    private static string Address(Uri app, string devBrowser)
    {
        var query = QueryHelpers.ParseQuery(app.Query);
        query[DevBrowserParameter] = devBrowser;
        return QueryHelpers.AddQueryString(app.GetLeftPart(UriPartial.Path), query) + app.Fragment;
    }
}
