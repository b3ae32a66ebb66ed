using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Pages;

/// <summary>The page that says what this server is.</summary>
internal static class FrontPage
{
    private const string Resource = "Gatehouse.Local.Clerk.front.html";
    private const string OriginMark = "{{origin}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = Load();
        routes.MapMethods("/", ["GET", "HEAD"], context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            var origin = WebUtility.HtmlEncode($"{context.Request.Scheme}://{context.Request.Host}");
            return context.Response.WriteAsync(page.Replace(OriginMark, origin, StringComparison.Ordinal), context.RequestAborted);
        });
    }

    private static string Load()
    {
        using var stream = typeof(FrontPage).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
