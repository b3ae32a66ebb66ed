using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.TestingTokens;

/// <summary>Tokens that let tests past the checks for robots, of which this server has none: they are given, and nothing asks for them.</summary>
internal sealed class TestingTokenOperations(ClerkWorld world)
{
    private const int Lifetime = 3600;

    public void Map(ClerkRoutes routes) => routes.Post("/testing_tokens", Create);

    private ClerkAnswer Create(ClerkCall call)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var expiresAt = world.Clock.NowSeconds + Lifetime;
        var token = $"{world.Clock.NowSeconds}-{world.Ids.Next("c_")}";
        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "testing_token");
            json.WriteString("token", token);
            json.WriteNumber("expires_at", expiresAt);
            json.WriteEndObject();
        });
    }
}
