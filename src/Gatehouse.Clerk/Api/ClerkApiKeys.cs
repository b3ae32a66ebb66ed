using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>The instance's API keys. Every call needs the instance's secret key.</summary>
public sealed class ClerkApiKeys
{
    private const int KeyPageSize = 100;

    private readonly ClerkTransport _clerk;

    internal ClerkApiKeys(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Reads a key by its id. The secret is not in the answer.</summary>
    public Task<ApiKey> GetAsync(string keyId, CancellationToken cancellationToken) =>
        _clerk.GetAsync(Path(keyId), _clerk.InstanceSecret, ClerkJson.Default.ApiKey, cancellationToken);

    /// <summary>Lists the keys of one subject.</summary>
    public IAsyncEnumerable<ApiKey> ListAsync(ApiKeyFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentException.ThrowIfNullOrWhiteSpace(filter.Subject, nameof(filter));
        return Paging.WalkAsync((offset, stop) => PageAsync(filter, offset, stop), cancellationToken);
    }

    /// <summary>Makes a key. Its secret stands in this answer.</summary>
    public Task<ApiKey> CreateAsync(CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(
            HttpMethod.Post, "v1/api_keys", ClerkTransport.Body(request, ClerkJson.Default.CreateApiKeyRequest), cancellationToken);
    }

    /// <summary>Changes a key.</summary>
    public Task<ApiKey> UpdateAsync(string keyId, UpdateApiKeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(
            HttpMethod.Patch, Path(keyId), ClerkTransport.Body(request, ClerkJson.Default.UpdateApiKeyRequest), cancellationToken);
    }

    /// <summary>Deletes a key, which ends it.</summary>
    public Task DeleteAsync(string keyId, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Delete, Path(keyId), _clerk.InstanceSecret, cancellationToken);

    /// <summary>Reads a key's secret.</summary>
    public async Task<string> GetSecretAsync(string keyId, CancellationToken cancellationToken)
    {
        var answer = await _clerk
            .GetAsync($"{Path(keyId)}/secret", _clerk.InstanceSecret, ClerkJson.Default.ApiKeySecret, cancellationToken)
            .ConfigureAwait(false);
        return answer.Secret ?? throw new ClerkApiException("Clerk's answer holds no secret", ClerkFailure.Unavailable);
    }

    /// <summary>Withdraws a key.</summary>
    public Task<ApiKey> RevokeAsync(string keyId, string? reason, CancellationToken cancellationToken)
    {
        var body = ClerkTransport.Body(new Wire.Revocation(reason), ClerkJson.Default.Revocation);
        return SendAsync(HttpMethod.Post, $"{Path(keyId)}/revoke", body, cancellationToken);
    }

    /// <summary>Asks Clerk whether a key's secret is good.</summary>
    /// <returns>The key, or null if it is unknown, revoked or expired.</returns>
    public async Task<ApiKey?> VerifyAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        var body = ClerkTransport.Body(new Wire.ApiKeySecret(secret), ClerkJson.Default.ApiKeySecret);
        try
        {
            var verified = await SendAsync(HttpMethod.Post, "v1/api_keys/verify", body, cancellationToken).ConfigureAwait(false);
            return verified.Revoked || verified.Expired ? null : verified;
        }
        catch (ClerkApiException refused) when (refused.IsVerdict)
        {
            return null;
        }
    }

    private static string Path(string keyId) => $"v1/api_keys/{ClerkTransport.Segment(keyId)}";

    private async Task<(IReadOnlyList<ApiKey> Items, int Total)> PageAsync(ApiKeyFilter filter, int offset, CancellationToken cancellationToken)
    {
        var query = new QueryText()
            .Add("subject", filter.Subject)
            .Add("type", filter.Type)
            .Add("include_invalid", filter.IncludeInvalid ? true : (bool?)null)
            .Add("query", filter.Query)
            .Add("limit", KeyPageSize)
            .Add("offset", offset);
        var page = await _clerk
            .GetAsync($"v1/api_keys{query}", _clerk.InstanceSecret, ClerkJson.Default.ApiKeyPage, cancellationToken)
            .ConfigureAwait(false);
        return (page.Data ?? [], page.TotalCount);
    }

    private Task<ApiKey> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken) =>
        _clerk.SendAsync(method, path, _clerk.InstanceSecret, body, ClerkJson.Default.ApiKey, cancellationToken);
}
