using System.Buffers.Text;
using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>The key set, at its three addresses: the Backend API's asks for the secret key, the Frontend API's for nothing.</summary>
internal sealed class KeySetOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes)
    {
        var open = new ClerkOperation(Tell) { Audience = Audience.Everyone, Unlimited = true };
        routes
            .Map("GET", "/jwks", new ClerkOperation(Tell) { Unlimited = true })
            .MapExactly("GET", "/.well-known/jwks.json", open)
            .MapExactly("GET", "/__clerk/.well-known/jwks.json", open);
    }

    private ClerkAnswer Tell(ClerkCall call) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("keys");
        ListJson.WriteArray(json, world.Data.Keys.All.Reverse(), Write);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, InstanceKey key)
    {
        json.WriteStartObject();
        json.WriteString("use", "sig");
        json.WriteString("kty", "RSA");
        json.WriteString("kid", key.Id);
        json.WriteString("alg", "RS256");
        json.WriteString("n", Base64Url.EncodeToString(key.PublicParameters.Modulus));
        json.WriteString("e", Base64Url.EncodeToString(key.PublicParameters.Exponent));
        json.WriteEndObject();
    }
}
