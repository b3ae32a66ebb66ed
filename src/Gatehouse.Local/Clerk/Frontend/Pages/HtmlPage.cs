using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>The frame of the pages that people see, each of which says what this server is.</summary>
internal static class HtmlPage
{
    private const string Resource = "Gatehouse.Local.Clerk.page.html";

    private static readonly string Frame = Load();

    /// <summary>Writes a page around content that is HTML already.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string content)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {HashedAddress.Source}; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";   // with less, browsers would not say where a form comes from
        var page = Frame
            .Replace("{{title}}", Text(title), StringComparison.Ordinal)
            .Replace("{{content}}", content, StringComparison.Ordinal);
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    /// <summary>Text as HTML.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    private static string Load()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
