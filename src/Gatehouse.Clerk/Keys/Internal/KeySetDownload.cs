using System.Net.Http.Headers;
using System.Security.Cryptography;
using Gatehouse.Clerk.Internal;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>One bounded download of a JWKS document. Throws for every answer that is not a key set with at least one usable key.</summary>
internal sealed class KeySetDownload(HttpClient http, KeySetSourceOptions options, TimeProvider time)
{
    public async Task<KeySetDocument> RunAsync()
    {
        using var bound = new CancellationTokenSource(options.Timeout, time);
        using var request = CreateRequest();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await ReadAsync(response.Content, bound.Token).ConfigureAwait(false);
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

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > options.MaximumBytes)
        {
            throw TooLarge();
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var body = new byte[Math.Min(options.MaximumBytes, 8 * 1024)];
        var length = 0;
        while (await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            if (length == body.Length)
            {
                // One byte more than allowed is room enough to see that there is more.
                Array.Resize(ref body, length <= options.MaximumBytes ? Math.Min(length * 2, options.MaximumBytes + 1) : throw TooLarge());
            }
        }

        return body.AsMemory(0, length);
    }

    private InvalidDataException TooLarge() => new($"the answer is larger than {options.MaximumBytes} bytes");
}
