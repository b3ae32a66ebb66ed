using System.Net;
using System.Text;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>An OpenID Connect issuer: answers each address as the test says, and counts.</summary>
internal sealed class Discovery : HttpMessageHandler
{
    public const string Issuer = "https://id.example/tenant";
    public const string DocumentAt = "https://id.example/tenant/.well-known/openid-configuration";

    public Dictionary<string, string> Documents { get; } = new()
    {
        [DocumentAt] = $$"""{"issuer":"{{Issuer}}","jwks_uri":"https://keys.example/jwks?v=1"}""",
        ["https://keys.example/jwks?v=1"] = Specimens.Jwks(Specimens.Jwk("first")),
    };

    public List<string> Fetched { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Fetched)
        {
            Fetched.Add(request.RequestUri!.AbsoluteUri);
        }

        return Task.FromResult(Documents.TryGetValue(request.RequestUri!.AbsoluteUri, out var document)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(document, Encoding.UTF8, "application/json") }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
