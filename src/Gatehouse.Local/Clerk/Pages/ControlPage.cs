using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Pages;

/// <summary>The page over the control surface: one document, one style, one script, nothing from elsewhere.</summary>
internal static class ControlPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "/_local", "control.html", "text/html; charset=utf-8");
        Map(routes, "/_local/page.css", "control.css", "text/css; charset=utf-8");
        Map(routes, "/_local/page.js", "control.js", "text/javascript; charset=utf-8");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string name, string contentType)
    {
        var content = Load($"Gatehouse.Local.Clerk.{name}");
        routes.MapMethods(path, ["GET", "HEAD"], async context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = content.Length;
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
            }
        });
    }

    private static byte[] Load(string resource)
    {
        using var stream = typeof(ControlPage).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
