using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>The claims that the instance adds to every session token, and how long such tokens live, which at Clerk are set in its dashboard.</summary>
internal sealed class SessionClaimsControl(ClerkWorld world)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/session-claims", _ => Tell())
        .Map("GET", "/session-claims/size", _ => Weigh())
        .Map("PUT", "/session-claims", Set);

    private ClerkAnswer Set(ClerkCall call)
    {
        call.Form.Require("claims");
        var claims = call.Form.Object("claims") ?? [];
        var seconds = call.Form.Integer("lifetime", TokenLifetime.Minimum, TokenLifetime.Maximum);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (ReservedClaims.FindInSessionClaims(claims) is { } reserved)
        {
            return reserved;
        }

        world.Data.SessionClaims = claims;
        world.SessionTokenSeconds = seconds ?? TokenLifetime.Default;
        return Tell();
    }

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("claims");
        world.Data.SessionClaims.WriteTo(json);
        json.WriteNumber("lifetime", world.SessionTokenSeconds);
        json.WriteEndObject();
    });

    private ClerkAnswer Weigh()
    {
        var size = ClaimsSize.Of(world.Data, world.Data.SessionClaims);
        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("claims", size.Bytes);
            json.WriteNumber("advised", ClaimsSize.Advised);
            json.WriteBoolean("within_advice", size.IsWithinAdvice);
            json.WriteString("worst_user", size.WorstUser);
            json.WriteEndObject();
        });
    }
}
