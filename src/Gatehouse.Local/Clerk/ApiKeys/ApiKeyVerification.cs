using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>
/// Verifying an API key by its secret. Clients trust a 200 without reading it, so a key that is revoked or expired is answered as if it did
/// not exist.
/// </summary>
internal sealed class ApiKeyVerification(ClerkWorld world)
{
    private const int MaximumSecretLength = 64 * 1024;

    public void Map(ClerkRoutes routes) => routes.MapUnversioned("POST", "/api_keys/verify", new ClerkOperation(Verify));

    private ClerkAnswer Verify(ClerkCall call)
    {
        var secret = call.Form.RequiredText("secret", MaximumSecretLength);
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        if (world.Data.ApiKeys.FindBySecret(secret) is not { } key || !key.IsUsable(now))
        {
            return NotFound;
        }

        key.LastUsedAt = now;
        return ClerkAnswer.Ok(json => ApiKeyJson.Write(json, key, now));
    }

    private static ClerkError NotFound { get; } = new(404, "resource_not_found", "API key not found", "The API key was not found.");
}
