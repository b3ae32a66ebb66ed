using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>Where a link in an e-mail ends that was asked for without a way back: it says what came of it.</summary>
internal static class LinkPage
{
    public const string Path = "/email-link";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods(Path, ["GET", "HEAD"], ShowAsync);

    private static Task ShowAsync(HttpContext context)
    {
        var words = context.Request.Query["__clerk_status"].LastOrDefault() switch
        {
            "verified" => "The address is proved. Go back to where you asked for the link.",
            "expired" => "The link has expired. Ask for another one.",
            "client_mismatch" => "The link counts in the browser only that asked for it.",
            _ => "The link was used already.",
        };
        return HtmlPage.WriteAsync(context, StatusCodes.Status200OK, "E-mail link", $"""<p role="status">{HtmlPage.Text(words)}</p>""");
    }
}
