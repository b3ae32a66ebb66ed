using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.M2M;

/// <summary>
/// Verifying an opaque token for its receiver. Clients trust a 200 without reading it, so a token that is revoked, expired, unknown or not
/// meant for the receiver is answered as if it did not exist. JWTs are not kept, and so are never found.
/// </summary>
internal sealed class M2MTokenVerification(ClerkWorld world)
{
    private const int MaximumTokenLength = 64 * 1024;

    public void Map(ClerkRoutes routes) =>
        routes.MapUnversioned("POST", "/m2m_tokens/verify", new ClerkOperation(Verify) { Audience = Audience.Machines });

    private ClerkAnswer Verify(ClerkCall call)
    {
        var text = call.Form.RequiredText("token", MaximumTokenLength);
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        var token = world.Data.M2MTokens.FindByText(text);
        if (token is null || !token.IsUsable(now) || !IsMeantFor(call.Caller, token))
        {
            return NotFound;
        }

        token.LastUsedAt = now;
        return ClerkAnswer.Ok(json => M2MTokenJson.Write(json, token, now));
    }

    // The instance's secret may verify any token of the instance.
    private static bool IsMeantFor(Caller caller, M2MToken token) =>
        caller.Machine is not { } receiver || token.Scopes.Contains(receiver.Id, StringComparer.Ordinal);

    private static ClerkError NotFound { get; } = new(404, "resource_not_found", "Token not found", "The machine token was not found.");
}
