using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>What a browser asks about itself, and signing everybody out of it.</summary>
internal sealed class ClientOperations(ClerkWorld world)
{
    public void Map(FrontendRoutes routes) => routes
        .MapForAnyBrowser("POST", "/dev_browser", GiveDevBrowser)
        .Get("/client", Tell)
        .Put("/client", Create)
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
