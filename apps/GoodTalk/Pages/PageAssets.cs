using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace GoodTalk.Pages;

/// <summary>Styles, scripts and the icon: small, and not sent twice.</summary>
internal static class PageAssets
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Serve(routes, "/goodtalk.css", "goodtalk.css", "text/css; charset=utf-8");
        Serve(routes, "/modules.js", "modules.js", "text/javascript; charset=utf-8");
        Serve(routes, "/chat.js", "chat.js", "text/javascript; charset=utf-8");
        Serve(routes, "/favicon.ico", "favicon.svg", "image/svg+xml");
    }

    private static void Serve(IEndpointRouteBuilder routes, string path, string asset, string type)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"assets/{asset}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        routes.MapMethods(path, ["GET", "HEAD"], () => TypedResults.Bytes(bytes, type, entityTag: tag));
    }
}
