using Gatehouse.Clerk.Api;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>
/// Mints template tokens of a session of the service user. Clerk creates such sessions on development instances only. One session gives
/// token after token; another takes its place when it has ended, or when its token was refused, and it is then ended.
/// </summary>
internal sealed class ServiceUserTokenMinter(ClerkBackendClient clerk, ServiceTokenOptions options, ILogger logger) : IServiceTokenMinter
{
    private string? _session;
    private string? _refused;

    public async Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        try
        {
            var token = Volatile.Read(ref _session) is { } session
                ? await TryMintAsync(session, cancellationToken).ConfigureAwait(false)
                : null;
            token ??= await MintOfNewSessionAsync(cancellationToken).ConfigureAwait(false);
            return new MintedToken(token, TokenLife.OfJwt(token));
        }
        finally
        {
            if (Interlocked.Exchange(ref _refused, null) is { } refused)
            {
                await EndAsync(refused, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Forget() => Interlocked.CompareExchange(ref _refused, Interlocked.Exchange(ref _session, null), null);

    /// <returns>Null when the session gives no more tokens.</returns>
    private async Task<string?> TryMintAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            return await MintAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (ClerkApiException ended) when (ended.Failure is ClerkFailure.NotFound or ClerkFailure.Rejected)
        {
            Forget();
            return null;
        }
    }

    private async Task<string> MintOfNewSessionAsync(CancellationToken cancellationToken)
    {
        var userId = options.ServiceUserId ?? throw new InvalidOperationException("CLERK_SERVICE_USER_ID is not set");
        var user = await clerk.Users.GetAsync(userId, cancellationToken).ConfigureAwait(false);
        RequireAddress(user);
        var session = await clerk.Sessions.CreateAsync(user.Id, null, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _session, session.Id);
        return await MintAsync(session.Id, cancellationToken).ConfigureAwait(false);
    }

    private Task<string> MintAsync(string session, CancellationToken cancellationToken) => clerk.Sessions.CreateTokenAsync(
        session, new SessionTokenRequest { Template = options.TemplateName, Origin = options.Origin }, cancellationToken);

    // It ends by itself in a few days; a token is not withheld because its predecessor's session could not be ended now.
    private async Task EndAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            await clerk.Sessions.RevokeAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is ClerkApiException or OperationCanceledException)
        {
            ServiceTokenLog.SessionNotEnded(logger, session, failed.Message);
        }
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
