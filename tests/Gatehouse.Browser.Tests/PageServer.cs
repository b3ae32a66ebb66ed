using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Browser.Tests;

/// <summary>An app of one empty page that loads Clerk's browser client, unmodified, as its documentation says.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<PageServer> StartAsync(string clerkAddress)
    {
        var dist = Path.Combine(Npm.RequirePackage("@clerk/clerk-js"), "dist");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(dist), RequestPath = "/clerk-js" });
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/", () => Results.Content(Page(clerkAddress), "text/html; charset=utf-8"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Page(string clerkAddress) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>An app</title>
        <script src="/clerk-js/clerk.browser.js" data-clerk-publishable-key="{{LocalClerkDefaults.PublishableKey}}"
          data-clerk-proxy-url="{{clerkAddress}}/__clerk"></script>
        </head>
        <body></body>
        </html>
        """;
}
