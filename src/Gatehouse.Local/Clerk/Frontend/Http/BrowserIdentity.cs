using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>Which browser a request comes from: by its development token if it has one, else by its cookie.</summary>
internal static class BrowserIdentity
{
    private const string DevBrowserParameter = "__clerk_db_jwt";

    public static (BrowserClient? Client, ClerkError? Refusal) Find(HttpRequest request, ClerkData data, FrontendOperation operation)
    {
        var devBrowser = request.Query.TryGetValue(DevBrowserParameter, out var values) ? values[^1] : null;
        if (!string.IsNullOrEmpty(devBrowser))
        {
            if (data.Clients.FindByDevBrowser(devBrowser) is { } client)
            {
                return (client, null);
            }

            // Tokens outlive this server, which forgets: the browser is told to ask for another.
            if (!operation.TakesAnyBrowser)
            {
                return (null, FrontendErrors.DevBrowserUnauthenticated);
            }
        }

        return (FindByCookie(request, data), null);
    }

    public static BrowserClient? FindByCookie(HttpRequest request, ClerkData data) =>
        ClientCookie.Read(request) is { Length: > 0 } secret ? data.Clients.FindBySecret(secret) : null;
}
