using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>
/// Verifying an access token. Clients trust a 200 without reading it, so one that is revoked or expired is answered as if it did not exist;
/// only an expired JWT is said to be inactive, as Clerk's document has it.
/// </summary>
internal sealed class OAuthAccessTokenVerification(ClerkWorld world)
{
    private const int MaximumTokenLength = 64 * 1024;

    public void Map(ClerkRoutes routes) =>
        routes.MapUnversioned("POST", "/oauth_applications/access_tokens/verify", new ClerkOperation(Verify));

    private ClerkAnswer Verify(ClerkCall call)
    {
        var text = call.Form.GivenText("access_token", MaximumTokenLength) ?? call.Form.GivenText("secret", MaximumTokenLength);
        call.Form.Accept("secret");   // the older name
        if (text is null)
        {
            call.Form.Require("access_token");
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        if (world.Data.OAuthAccessTokens.FindByText(text!) is not { Revoked: false } token)
        {
            return NotFound;
        }

        if (!token.IsExpired(now))
        {
            return ClerkAnswer.Ok(json => OAuthAccessTokenJson.Write(json, token, now));
        }

        return token.IsJwt ? Inactive : NotFound;
    }

    private static ClerkAnswer Inactive { get; } = ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("active", false);
        json.WriteEndObject();
    });

    private static ClerkError NotFound { get; } = new(404, "resource_not_found", "Token not found", "The OAuth access token was not found.");
}
