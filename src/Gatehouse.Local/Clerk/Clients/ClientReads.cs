using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Clients;

/// <summary>Listing and reading browsers, and finding the one that a cookie belongs to.</summary>
internal sealed class ClientReads(ClerkWorld world)
{
    private const int LongestCookie = 4096;

    public void Map(ClerkRoutes routes) => routes
        .Get("/clients", List)
        .Post("/clients/verify", Verify)
        .Get("/clients/{client_id}", Read);

    private ClerkAnswer List(ClerkCall call)
    {
        var paginated = call.Query.Flag("paginated") == true;
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var all = world.Data.Clients.All;
        var shown = page.Of(new Ordering("created_at", Descending: true).Of(all, client => client.CreatedAt, client => client.Id)).ToList();
        return ClerkAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, shown, all.Count, (inner, client) => BackendClientJson.Write(inner, world, client));
            }
            else
            {
                ListJson.WriteArray(json, shown, (inner, client) => BackendClientJson.Write(inner, world, client));
            }
        });
    }

    /// <summary>Takes the text of the cookie <c>__client</c>.</summary>
    private ClerkAnswer Verify(ClerkCall call)
    {
        var token = call.Form.RequiredText("token", LongestCookie);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        return world.Data.Clients.FindBySecret(token) is { } client ? Tell(client) : ClerkErrors.NotFound("client of this token", "token");
    }

    private ClerkAnswer Read(ClerkCall call) =>
        world.Data.Clients.Find(call.Route("client_id")) is { } client
            ? Tell(client)
            : ClerkErrors.NotFound("client", call.Route("client_id"));

    private ClerkAnswer Tell(BrowserClient client) => ClerkAnswer.Ok(json => BackendClientJson.Write(json, world, client));
}
