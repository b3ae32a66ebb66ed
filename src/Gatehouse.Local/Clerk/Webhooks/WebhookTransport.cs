using System.Globalization;
using System.Net.Http.Headers;
using Gatehouse.Webhooks;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>Puts a message on the wire as Svix does.</summary>
internal sealed class WebhookTransport : IDisposable
{
    private const string Agent = "Svix-Webhooks/1.99.1 (gatehouse-local)";

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookTransport(WebhookSettings settings, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,   // a proxy would carry it off this machine
            ActivityHeadersPropagator = null,
        };
        if (!settings.AllowAnyHost)
        {
            handler.ConnectCallback = LoopbackConnection.ConnectAsync;
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Delivers once.</summary>
    /// <param name="delivery">What to whom.</param>
    /// <param name="secrets">What to sign with, newest first.</param>
    /// <param name="cancellationToken">Ends it when the server stops.</param>
    /// <returns>The status that was answered, or why there was none.</returns>
    public async Task<(int? Status, string? Error)> SendAsync(
        WebhookDelivery delivery, IReadOnlyList<WebhookSecret> secrets, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(RetrySchedule.Timeout, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var request = Compose(delivery, secrets);
        try
        {
            using var response = await _http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended.Token)
                .ConfigureAwait(false);
            return ((int)response.StatusCode, null);
        }
        catch (OperationCanceledException)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.InnerException is NotLoopbackException ? "not-loopback" : "unreachable");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Compose(WebhookDelivery delivery, IReadOnlyList<WebhookSecret> secrets)
    {
        // The time is the machine's, not the instance's: receivers hold it against their own clock, which nobody has moved.
        var (id, payload) = (delivery.Message.Id, delivery.Message.Payload);
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Endpoint.Url) { Content = new ReadOnlyMemoryContent(payload) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        request.Headers.Add(WebhookHeaders.SvixId, id);
        request.Headers.Add(WebhookHeaders.SvixTimestamp, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookHeaders.SvixSignature, WebhookSigner.Sign(secrets, id, timestamp, payload.Span));
        return request;
    }
}
