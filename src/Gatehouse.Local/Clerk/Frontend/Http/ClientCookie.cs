using Gatehouse.Local.Clerk.Clients;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>The cookie <c>__client</c> on this server's own host, by which its pages and its API know a browser.</summary>
internal static class ClientCookie
{
    private const string Name = "__client";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Gives the browser its cookie, unless it has it already.</summary>
    public static void Give(HttpContext context, BrowserClient? client)
    {
        if (client is not null && Read(context.Request) != client.Secret)
        {
            context.Response.Cookies.Append(Name, client.Secret, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = Lifetime,
                Secure = context.Request.IsHttps,
            });
        }
    }
}
