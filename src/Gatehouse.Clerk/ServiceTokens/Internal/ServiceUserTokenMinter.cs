using Gatehouse.Clerk.Api;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Mints template tokens of a session of the service user. Clerk creates such sessions on development instances only.</summary>
internal sealed class ServiceUserTokenMinter(ClerkBackendClient clerk, ServiceTokenOptions options) : IServiceTokenMinter
{
    public async Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var userId = options.ServiceUserId ?? throw new InvalidOperationException("CLERK_SERVICE_USER_ID is not set");
        var user = await clerk.Users.GetAsync(userId, cancellationToken).ConfigureAwait(false);
        RequireAddress(user);
        var session = await clerk.Sessions.CreateAsync(user.Id, null, cancellationToken).ConfigureAwait(false);
        var token = await clerk.Sessions
            .CreateTokenAsync(
                session.Id,
                new SessionTokenRequest { Template = options.TemplateName, Origin = options.Origin },
                cancellationToken)
            .ConfigureAwait(false);
        return new MintedToken(token, TokenLife.OfJwt(token));
    }

    private void RequireAddress(ClerkUser user)
    {
        if (options.ServiceUserEmail is { } expected
            && !user.EmailAddresses.Any(known => string.Equals(known.Address, expected, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException("the user of CLERK_SERVICE_USER_ID has another e-mail address than the configured one");
        }
    }
}
