using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>Minting tokens of a session, with or without a template.</summary>
internal sealed class SessionTokenOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/sessions/{session_id}/tokens", call => Mint(call, (session, seconds) =>
            Answer(SessionTokens.Create(world, session, call.Origin, seconds))))
        .Post("/sessions/{session_id}/tokens/{template_name}", call => Mint(call, (session, seconds) =>
            world.Data.Templates.FindByName(call.Route("template_name")) is { } template
                ? Answer(TemplateTokens.Create(world, session, template, call.Origin, seconds))
                : ClerkErrors.NotFound("JWT template", call.Route("template_name"))));

    private ClerkAnswer Mint(ClerkCall call, Func<Session, int?, ClerkAnswer> mint)
    {
        var now = world.Clock.NowMilliseconds;
        var session = world.Data.Sessions.Find(call.Route("session_id"));
        if (session is null || session.StatusAt(now) != SessionStatus.Active)
        {
            return ClerkErrors.NotFound("active session", call.Route("session_id"));
        }

        var seconds = call.Form.Integer("expires_in_seconds", TokenLifetime.Minimum, TokenLifetime.Maximum);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        session.LastActiveAt = now;
        return mint(session, seconds);
    }

    private static ClerkAnswer Answer(UnsignedToken token) => ClerkAnswer.Apart(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "token");
        json.WriteString("jwt", token.Sign());
        json.WriteEndObject();
    });
}
