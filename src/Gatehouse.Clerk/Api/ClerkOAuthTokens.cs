using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>Access tokens of the instance's OAuth applications. Every call needs the instance's secret key.</summary>
public sealed class ClerkOAuthTokens
{
    private readonly ClerkTransport _clerk;

    internal ClerkOAuthTokens(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Asks Clerk whether an access token is good.</summary>
    /// <returns>The token, or null if it is unknown, revoked, expired or not active.</returns>
    public async Task<OAuthAccessToken?> VerifyAsync(string accessToken, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        var body = ClerkTransport.Body(new Wire.VerifyAccessToken(accessToken), ClerkJson.Default.VerifyAccessToken);
        try
        {
            var verified = await _clerk
                .SendAsync(
                    HttpMethod.Post,
                    "v1/oauth_applications/access_tokens/verify",
                    _clerk.InstanceSecret,
                    body,
                    ClerkJson.Default.OAuthAccessToken,
                    cancellationToken)
                .ConfigureAwait(false);
            return verified.IsGood ? Named(verified) : null;
        }
        catch (ClerkApiException refused) when (refused.IsVerdict)
        {
            return null;
        }
    }

    // Without an id it could not be revoked here, and no answer of Clerk's that says "good" is without one.
    private static OAuthAccessToken Named(OAuthAccessToken token) => token.Id.Length > 0
        ? token
        : throw new ClerkApiException("Clerk's answer names no access token", ClerkFailure.Unavailable) { StatusCode = System.Net.HttpStatusCode.OK };
}
