using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Asks Clerk about a token of one class, and puts what it says into the core's terms.</summary>
internal static class ClerkWord
{
    /// <summary>The most that a token's maker may claim, in bytes of JSON: what is remembered must have a bound.</summary>
    public const int MaximumClaims = 16 * 1024;

    /// <returns>The token, or null if Clerk knows none that is good, or one that cannot be what its prefix says.</returns>
    /// <exception cref="ClerkApiException">Clerk gave no answer about the token.</exception>
    public static async Task<OpaqueToken?> AskAsync(
        ClerkBackendClient clerk, string token, TokenClass tokenClass, ILogger logger, CancellationToken cancellationToken)
    {
        var word = tokenClass switch
        {
            TokenClass.M2M => Read(await clerk.M2MTokens.VerifyAsync(token, cancellationToken).ConfigureAwait(false)),
            TokenClass.ApiKey => Read(await clerk.ApiKeys.VerifyAsync(token, cancellationToken).ConfigureAwait(false)),
            _ => Read(await clerk.OAuthTokens.VerifyAsync(token, cancellationToken).ConfigureAwait(false)),
        };
        if (word is null || IsSound(word))
        {
            return word;
        }

        OpaqueTokenLog.Unsound(logger, tokenClass);
        return null;
    }

    private static OpaqueToken? Read(M2MToken? token) => token is null ? null : new OpaqueToken
    {
        Class = TokenClass.M2M,
        Id = token.Id,
        Subject = token.Subject,
        Scopes = token.Scopes,
        CreatedAt = TimeOf(token.CreatedAt),
        ExpiresAt = token.Expiration,
        Claims = Bytes(token.Claims),
    };

    private static OpaqueToken? Read(ApiKey? key) => key is null ? null : new OpaqueToken
    {
        Class = TokenClass.ApiKey,
        Id = key.Id,
        Subject = key.Subject,
        Scopes = key.Scopes,
        CreatedAt = TimeOf(key.CreatedAt),
        ExpiresAt = key.Expiration,
        Claims = Bytes(key.Claims),
    };

    private static OpaqueToken? Read(OAuthAccessToken? token) => token is null ? null : new OpaqueToken
    {
        Class = TokenClass.OAuth,
        Id = token.Id,
        Subject = token.Subject,
        Scopes = token.Scopes,
        Audiences = token.Audiences,
        CreatedAt = TimeOf(token.CreatedAt),
        ExpiresAt = token.Expiration,
        Claims = ClaimsOf(token),
    };

    // Ids are what revocations and a machine's role are found by: a token without sound ones could not be held to either.
    private static bool IsSound(OpaqueToken token) => token.Claims.Length <= MaximumClaims && token.Class switch
    {
        TokenClass.M2M => ClerkIds.Is("mt_", token.Id) && ClerkIds.Is(ClerkIds.Machine, token.Subject),
        TokenClass.ApiKey => ClerkIds.Is("ak_", token.Id) && IsOwner(token.Subject),
        _ => ClerkIds.Is("oat_", token.Id) && ClerkIds.Is(ClerkIds.User, token.Subject),
    };

    private static bool IsOwner(string subject) =>
        ClerkIds.Is(ClerkIds.User, subject)
        || ClerkIds.Is(ClerkIds.Organization, subject)
        || ClerkIds.Is(ClerkIds.Machine, subject)
        || ClerkIds.Is("scim_", subject);

    private static DateTimeOffset? TimeOf(DateTimeOffset time) => time == default ? null : time;

    private static byte[] Bytes(JsonElement claims) => JsonMarshal.GetRawUtf8Value(claims).ToArray();

    // As a token of the same application says it when it is a JWT.
    private static ReadOnlyMemory<byte> ClaimsOf(OAuthAccessToken token)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("client_id", token.ClientId);
            if (token.Actor.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("act");
                token.Actor.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory.ToArray();
    }
}
