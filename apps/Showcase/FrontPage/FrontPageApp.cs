namespace Showcase.FrontPage;

/// <summary>The page that says what runs where, and how it is.</summary>
public static class FrontPageApp
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Makes the page's server.</summary>
    public static WebApplication Build(string[] args, Neighbourhood neighbourhood, string url = Neighbourhood.FrontPageUrl)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", url),
            new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
            new("Logging:LogLevel:System.Net.Http.HttpClient", "Warning"),
        ]);
        builder.Services.AddSingleton(neighbourhood);
        builder.Services.AddHttpClient<Pulse>(client => client.Timeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        Serve(app, "/", "index.html", "text/html; charset=utf-8");
        Serve(app, "/showcase.css", "showcase.css", "text/css; charset=utf-8");
        Serve(app, "/showcase.js", "showcase.js", "text/javascript; charset=utf-8");
        Serve(app, "/favicon.ico", "favicon.svg", "image/svg+xml");
        app.MapGet("/api/state", (Pulse pulse, CancellationToken cancellationToken) => pulse.TakeAsync(cancellationToken));
        app.MapGet("/healthz", () => new { status = "ok" });
        return app;
    }

    private static void Serve(WebApplication app, string path, string asset, string type) =>
        app.MapEmbeddedAsset(path, typeof(FrontPageApp).Assembly, $"assets/{asset}", type);
}
