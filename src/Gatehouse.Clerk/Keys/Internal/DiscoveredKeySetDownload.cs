using System.Net.Http.Headers;
using Gatehouse.Clerk.Internal;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Asks an issuer where its keys are, and downloads them from there.</summary>
internal sealed class DiscoveredKeySetDownload(HttpClient http, string issuer, OpenIdConnectIssuerOptions options, TimeProvider time)
    : IKeySetDownload
{
    private static readonly TimeSpan DiscoveryLife = TimeSpan.FromHours(1);

    private readonly Uri _issuer = new(issuer, UriKind.Absolute);
    private Uri? _keysAt;
    private long _discoveredAt;

    public Uri Address => Addresses.Append(_issuer, ClerkDefaults.DiscoveryPath);

    // One at a time: whoever renews a key set sees to that.
    public async Task<KeySetDocument> RunAsync()
    {
        if (_keysAt is null || time.GetElapsedTime(_discoveredAt) >= DiscoveryLife)
        {
            _keysAt = await DiscoverAsync().ConfigureAwait(false);
            _discoveredAt = time.GetTimestamp();
        }

        var keysAt = _keysAt;
        _keysAt = null;   // unless they are there, they may have moved
        var keys = await new KeySetDownload(http, options.ForKeysAt(keysAt), time).RunAsync().ConfigureAwait(false);
        _keysAt = keysAt;
        return keys;
    }

    private async Task<Uri> DiscoverAsync()
    {
        using var bound = new CancellationTokenSource(options.Timeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(ClerkWire.UserAgent);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await BoundedBody.ReadAsync(response.Content, options.MaximumBytes, bound.Token).ConfigureAwait(false);
        return DiscoveryDocument.ReadKeySetAddress(body, issuer);
    }
}
