namespace GoodTalk.Pages;

/// <summary>Styles, scripts and the icon.</summary>
internal static class PageAssets
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Serve("/goodtalk.css", "goodtalk.css", "text/css; charset=utf-8");
        Serve("/modules.js", "modules.js", "text/javascript; charset=utf-8");
        Serve("/chat.js", "chat.js", "text/javascript; charset=utf-8");
        Serve("/favicon.ico", "favicon.svg", "image/svg+xml");

        void Serve(string path, string asset, string type) => routes.MapEmbeddedAsset(path, typeof(PageAssets).Assembly, $"assets/{asset}", type);
    }
}
