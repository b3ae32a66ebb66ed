using System.Net.Http.Headers;
using System.Security.Cryptography;
using Gatehouse.Clerk.Internal;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>One bounded download of a JWKS document. Throws for every answer that is not a key set with at least one usable key.</summary>
internal sealed class KeySetDownload(HttpClient http, KeySetSourceOptions options, TimeProvider time) : IKeySetDownload
{
    public Uri Address => options.Address;

    public async Task<KeySetDocument> RunAsync()
    {
        using var bound = new CancellationTokenSource(options.Timeout, time);
        using var request = CreateRequest();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await BoundedBody.ReadAsync(response.Content, options.MaximumBytes, bound.Token).ConfigureAwait(false);
        var keys = KeySet.Parse(body) ?? throw new InvalidDataException("the answer is no JWKS document");

        // An empty set taken as an answer would lock everybody out because of one bad deployment over there.
        return keys.Keys.Count > 0
            ? new KeySetDocument(keys, SHA256.HashData(body.Span))
            : throw new InvalidDataException("the answer holds no usable key");
    }

    private HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, options.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(ClerkWire.UserAgent);
        if (options.SecretKey is { } secret)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            request.Headers.Add(ClerkWire.VersionHeader, ClerkWire.Version);
        }

        return request;
    }
}
