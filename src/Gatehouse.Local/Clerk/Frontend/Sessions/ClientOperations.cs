using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>What a browser asks about itself, and signing everybody out of it.</summary>
internal sealed class ClientOperations(ClerkWorld world, OriginPolicy origins)
{
    public void Map(FrontendRoutes routes) => routes
        .MapForAnyBrowser("POST", "/dev_browser", GiveDevBrowser)
        .Get("/client", Tell)
        .Put("/client", Create)
        .Post("/client", Create)
        .MapForAnyBrowser("GET", "/client/touch", Touch)
        .Delete("/client", SignOut)
        .Delete("/client/sessions", SignOut);

    private static FrontendAnswer GiveDevBrowser(FrontendCall call)
    {
        var client = call.RequireClient();
        return FrontendAnswer.Bare(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", client.DevBrowser);
            json.WriteEndObject();
        });
    }

    // A browser comes by to have its cookie renewed, which every answer does here, and wants to go back.
    private FrontendAnswer Touch(FrontendCall call) => origins.ReadRedirect(call.QueryText("redirect_url")) is { } app
        ? FrontendAnswer.Redirect(app.AbsoluteUri)
        : FrontendErrors.RedirectInvalid;

    private FrontendAnswer Create(FrontendCall call)
    {
        call.RequireClient();
        return Tell(call);
    }

    private FrontendAnswer SignOut(FrontendCall call)
    {
        if (call.Client is { } client)
        {
            ClientSessions.CloseAll(world, client);
        }

        return Tell(call);
    }

    private FrontendAnswer Tell(FrontendCall call) =>
        FrontendAnswer.Ok(json => ClientJson.WriteOrNull(json, world, call.Client, call.Origin));
}
