using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.SignInTokens;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.ActorTokens;

/// <summary>Creating and revoking actor tokens.</summary>
internal sealed class ActorTokenOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/actor_tokens", Create)
        .Post("/actor_tokens/{actor_token_id}/revoke", call => SignInTicketOperations.Revoke(
            world, call, world.Data.ActorTokens.Find(call.Route("actor_token_id")), ClerkErrors.NotFound("actor token", call.Route("actor_token_id"))));

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        call.Form.Require("actor");
        var actor = call.Form.Object("actor") ?? [];
        if (call.Form.Has("actor") && TokenReader.Text(actor, "sub") is not { Length: > 0 })
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid("actor", "an object with the acting user's id as sub"));
        }

        var seconds = call.Form.Integer("expires_in_seconds", 1, TokenLifetime.Maximum) ?? ActorToken.DefaultSeconds;
        var session = call.Form.Integer("session_max_duration_in_seconds", 1, TokenLifetime.Maximum) ?? ActorToken.DefaultSessionSeconds;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is null)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        var now = world.Clock.NowMilliseconds;
        var text = world.Ids.NextHex("tkt_", bytes: 24);
        var token = new ActorToken
        {
            Id = world.Ids.Next("act_"),
            UserId = userId,
            Actor = actor,
            SessionSeconds = session,
            Token = text,
            Url = TicketUrl.Of(call, text),
            ExpiresAt = now + (seconds * 1000L),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.ActorTokens.Add(token);
        return SignInTicketOperations.Tell(token);
    }
}
