using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>Machine tokens. A machine mints with its own secret key; the other calls take the machine's or else the instance's.</summary>
public sealed class ClerkM2MTokens
{
    private const int TokenPageSize = 100;

    private readonly ClerkTransport _clerk;

    internal ClerkM2MTokens(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Mints a token in the name of the machine whose secret key is configured.</summary>
    public Task<M2MToken> CreateAsync(CreateM2MTokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new Wire.CreateM2MToken(
            request.Format == M2MTokenFormat.Opaque ? "opaque" : "jwt",
            (long?)request.Lifetime?.TotalSeconds,
            request.Claims,
            (long?)request.MinimumRemaining?.TotalSeconds);
        var body = ClerkTransport.Body(wire, ClerkJson.Default.CreateM2MToken);
        return SendAsync("v1/m2m_tokens", _clerk.MachineSecret, body, cancellationToken);
    }

    /// <summary>Lists a machine's opaque tokens; JWTs are stored nowhere.</summary>
    public IAsyncEnumerable<M2MToken> ListAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        return Paging.WalkAsync((offset, stop) => PageAsync(subject, offset, stop), cancellationToken);
    }

    /// <summary>Withdraws an opaque token.</summary>
    public Task<M2MToken> RevokeAsync(string tokenId, string? reason, CancellationToken cancellationToken)
    {
        var body = ClerkTransport.Body(new Wire.Revocation(reason), ClerkJson.Default.Revocation);
        return SendAsync($"v1/m2m_tokens/{ClerkTransport.Segment(tokenId)}/revoke", _clerk.EitherSecret, body, cancellationToken);
    }

    /// <summary>Asks Clerk whether a token is good. With a machine's secret key: good for that machine.</summary>
    /// <returns>
    /// The token, or null if it is unknown, revoked, expired or not for this machine. With the instance's secret key the caller must
    /// check <see cref="M2MToken.Scopes"/>.
    /// </returns>
    public async Task<M2MToken?> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        var body = ClerkTransport.Body(new Wire.VerifyM2MToken(token), ClerkJson.Default.VerifyM2MToken);
        try
        {
            var verified = await SendAsync("v1/m2m_tokens/verify", _clerk.EitherSecret, body, cancellationToken).ConfigureAwait(false);
            return verified.Revoked || verified.Expired ? null : verified;
        }
        catch (ClerkApiException refused) when (refused.IsVerdict)
        {
            return null;
        }
    }

    private async Task<(IReadOnlyList<M2MToken> Items, int Total)> PageAsync(
        string subject,
        int offset,
        CancellationToken cancellationToken)
    {
        var query = new QueryText().Add("subject", subject).Add("limit", TokenPageSize).Add("offset", offset);
        var page = await _clerk
            .GetAsync($"v1/m2m_tokens{query}", _clerk.EitherSecret, ClerkJson.Default.M2MTokenPage, cancellationToken)
            .ConfigureAwait(false);
        return (page.M2mTokens ?? [], page.TotalCount);
    }

    private Task<M2MToken> SendAsync(string path, string secret, HttpContent body, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Post, path, secret, body, ClerkJson.Default.M2MToken, cancellationToken);
}
