using System.Net;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Answers with a stream.</summary>
internal sealed class StreamHandler(Stream body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
}
