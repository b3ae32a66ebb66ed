using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>Where people sign out. It takes a click: an address alone could be hidden in any page's picture.</summary>
internal sealed class SignOutPage(ClerkWorld world, OriginPolicy origins)
{
    private const string Path = "/sign-out";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, ["GET", "HEAD"], ShowAsync);
        routes.MapMethods(Path, ["POST"], SignOutAsync);
    }

    private Task ShowAsync(HttpContext context)
    {
        var visit = PageVisit.Of(context, origins);
        return visit.IsMisled ? visit.RefuseAsync() : HtmlPage.WriteAsync(
            context,
            StatusCodes.Status200OK,
            "Sign out",
            $"""<form method="post" action="{Path}{visit.Query}"><button>Sign out</button></form>""");
    }

    private Task SignOutAsync(HttpContext context)
    {
        var visit = PageVisit.Of(context, origins);
        if (visit.IsMisled || visit.IsForeign)
        {
            return visit.RefuseAsync();
        }

        lock (world.Gate)
        {
            var client = visit.FindClient(world.Data) ?? ClientSessions.NewClient(world);
            ClientSessions.CloseAll(world, client);
            visit.SendBack(client, otherwise: "/sign-in");
            return Task.CompletedTask;
        }
    }
}
