using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>Creating and revoking sign-in tokens.</summary>
internal sealed class SignInTokenOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/sign_in_tokens", Create)
        .Post("/sign_in_tokens/{sign_in_token_id}/revoke", call => SignInTicketOperations.Revoke(
            world, call, world.Data.SignInTokens.Find(call.Route("sign_in_token_id")), ClerkErrors.NotFound("sign-in token", call.Route("sign_in_token_id"))));

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        var organizationId = call.Form.GivenText("org_id");
        var seconds = call.Form.Integer("expires_in_seconds", 1, TokenLifetime.Maximum) ?? SignInToken.DefaultSeconds;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is null)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        if (organizationId is not null && OrganizationRefusal(userId, organizationId) is { } refusal)
        {
            return refusal;
        }

        var now = world.Clock.NowMilliseconds;
        var text = world.Ids.NextHex("tkt_", bytes: 24);
        var token = new SignInToken
        {
            Id = world.Ids.Next("sit_"),
            UserId = userId,
            OrganizationId = organizationId,
            Token = text,
            Url = TicketUrl.Of(call, text),
            ExpiresAt = now + (seconds * 1000L),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.SignInTokens.Add(token);
        return SignInTicketOperations.Tell(token);
    }

    private ClerkError? OrganizationRefusal(string userId, string organizationId)
    {
        if (!world.Data.Settings.Organizations.Enabled)
        {
            return OrganizationErrors.NotEnabled;
        }

        return world.Data.Organizations.Find(organizationId) is not { } organization
            ? ClerkErrors.NotFound("organization", organizationId)
            : world.Data.Organizations.FindMembership(organization.Id, userId) is null ? OrganizationErrors.NotMember : null;
    }
}
