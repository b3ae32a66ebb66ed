using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Frontend.Handshakes;

/// <summary>Where a server trades a handshake's nonce for its answer. Clerk's document does not have it, and its server clients need it.</summary>
internal sealed class HandshakePayloadOperation(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes.Get("/clients/handshake_payload", Tell);

    private ClerkAnswer Tell(ClerkCall call)
    {
        var nonce = call.Query.Text("nonce");
        if (string.IsNullOrEmpty(nonce))
        {
            return ParameterErrors.Missing("nonce");
        }

        if (world.Data.Handshakes.Take(nonce, world.Clock.NowMilliseconds) is not { } directives)
        {
            return ClerkErrors.NotFound("handshake", nonce);
        }

        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("directives");
            ListJson.WriteArray(json, directives, (inner, line) => inner.WriteStringValue(line));
            json.WriteEndObject();
        });
    }
}
