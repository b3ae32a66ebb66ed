using System.Net;
using System.Text.Json;
using Gatehouse.Clerk;
using Gatehouse.Clerk.Api;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Reads <c>public_metadata.role</c> at Clerk.</summary>
internal sealed class ClerkUserRoleSource(ClerkBackendClient clerk, IOptions<ClerkOptions> options) : IUserRoleSource
{
    public async Task<string?> FindRoleAsync(string userId, CancellationToken cancellationToken)
    {
        // Without a secret key this app verifies tokens only; then a role is what the token itself carries.
        if (options.Value.SecretKey is null)
        {
            return null;
        }

        try
        {
            var user = await clerk.Users.GetAsync(userId, cancellationToken).ConfigureAwait(false);
            return user.PublicMetadata.TryGetProperty("role", out var role)
                && role.ValueKind == JsonValueKind.String
                    ? role.GetString()
                    : null;
        }
        catch (ClerkApiException unknown) when (unknown.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
