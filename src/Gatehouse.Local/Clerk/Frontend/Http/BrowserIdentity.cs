using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>
/// Which browser a request comes from: by its development token if it has one, else by its cookie. An app on a phone has neither: it
/// says that it is one, and names itself in the header <c>Authorization</c>.
/// </summary>
internal static class BrowserIdentity
{
    private const string DevBrowserParameter = "__clerk_db_jwt";
    private const string NativeParameter = "_is_native";
    private const string Scheme = "Bearer ";

    public static (BrowserClient? Client, ClerkError? Refusal) Find(HttpRequest request, ClerkData data, FrontendOperation operation)
    {
        if (IsNative(request))
        {
            return (FindByHeader(request, data), null);
        }

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

    /// <summary>Tells the browser, or the app, by what it is known from now on.</summary>
    public static void Give(HttpContext context, BrowserClient? client)
    {
        if (!IsNative(context.Request))
        {
            ClientCookie.Give(context, client);
        }
        else if (client is not null)
        {
            context.Response.Headers.Authorization = client.Secret;
        }
    }

    private static bool IsNative(HttpRequest request) => request.Query[NativeParameter] is ["true" or "1"];

    private static BrowserClient? FindByHeader(HttpRequest request, ClerkData data)
    {
        var given = request.Headers.Authorization.ToString();
        return data.Clients.FindBySecret(given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..] : given);
    }
}
