using System.Text.Json;
using Gatehouse.Clerk.Api.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Api;

/// <summary>Clerk's Backend API, version 2026-05-12: the families that Gatehouse uses.</summary>
/// <remarks>
/// A call that fails throws <see cref="ClerkApiException"/>, which tells an outage from a mistake; one whose key is not configured throws
/// <see cref="InvalidOperationException"/>. Registered by <c>AddClerk</c>, whose HTTP client repeats what is safe to repeat. Safe for any
/// number of threads.
/// </remarks>
public sealed class ClerkBackendClient
{
    private readonly ClerkTransport _clerk;

    /// <summary>A client over a given HTTP client, which decides about retries, time and size.</summary>
    public ClerkBackendClient(HttpClient http, IOptions<ClerkOptions> options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _clerk = new ClerkTransport(http, options.Value, time ?? TimeProvider.System);
        Users = new ClerkUsers(_clerk);
        Sessions = new ClerkSessions(_clerk);
        JwtTemplates = new ClerkJwtTemplates(_clerk);
        Machines = new ClerkMachines(_clerk);
        M2MTokens = new ClerkM2MTokens(_clerk);
        ApiKeys = new ClerkApiKeys(_clerk);
        OAuthTokens = new ClerkOAuthTokens(_clerk);
    }

    /// <summary>Users and their metadata.</summary>
    public ClerkUsers Users { get; }

    /// <summary>Sessions and their tokens.</summary>
    public ClerkSessions Sessions { get; }

    /// <summary>JWT templates.</summary>
    public ClerkJwtTemplates JwtTemplates { get; }

    /// <summary>Machines, their secret keys and scopes.</summary>
    public ClerkMachines Machines { get; }

    /// <summary>Machine tokens.</summary>
    public ClerkM2MTokens M2MTokens { get; }

    /// <summary>API keys.</summary>
    public ClerkApiKeys ApiKeys { get; }

    /// <summary>Access tokens of OAuth applications.</summary>
    public ClerkOAuthTokens OAuthTokens { get; }

    internal bool HasInstanceSecret => _clerk.HasInstanceSecret;

    internal bool HasMachineSecret => _clerk.HasMachineSecret;

    /// <summary>Reads the instance's key set, once. To verify tokens, use <see cref="Keys.ClerkKeySetSource"/>, which keeps it.</summary>
    public async Task<KeySet> GetJwksAsync(CancellationToken cancellationToken)
    {
        var document = await _clerk
            .GetAsync("v1/jwks", _clerk.InstanceSecret, ClerkJson.Default.JsonElement, cancellationToken)
            .ConfigureAwait(false);
        return KeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(document, ClerkJson.Default.JsonElement))
            ?? throw new ClerkApiException("Clerk's answer is no JWKS document", ClerkFailure.Unavailable);
    }
}
