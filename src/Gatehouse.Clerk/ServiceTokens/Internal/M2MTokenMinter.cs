using Gatehouse.Clerk.Api;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Mints tokens of this machine.</summary>
internal sealed class M2MTokenMinter(ClerkBackendClient clerk, ServiceTokenOptions options) : IServiceTokenMinter
{
    public async Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var shared = options.Format == M2MTokenFormat.Opaque && options.SharedRemaining > TimeSpan.Zero;
        var request = new CreateM2MTokenRequest
        {
            Format = options.Format,
            Lifetime = options.Lifetime,
            MinimumRemaining = shared ? options.SharedRemaining : null,
        };
        var answer = await clerk.M2MTokens.CreateAsync(request, cancellationToken).ConfigureAwait(false);
        var token = answer.Token is { Length: > 0 } value ? value : throw new InvalidDataException("the answer holds no token");
        if (options.Format == M2MTokenFormat.Jwt)
        {
            return new MintedToken(token, TokenLife.OfJwt(token));
        }

        // A shared token may have been minted by another node a while ago: only what is left of it counts.
        var from = shared || answer.CreatedAt == default ? asked : answer.CreatedAt;
        var lifetime = answer.Expiration is { } end ? end - from : options.Lifetime;
        return lifetime > TimeSpan.Zero ? new MintedToken(token, lifetime) : throw new InvalidDataException("the minted token has expired");
    }

    public void Forget() { }
}
