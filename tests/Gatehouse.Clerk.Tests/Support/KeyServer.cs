using System.Net;
using System.Text;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Answers with a key set that the test changes, counts, and can be held back or taken away.</summary>
internal sealed class KeyServer : HttpMessageHandler
{
    private int _fetches;
    private volatile TaskCompletionSource? _held;

    public volatile string Document = Specimens.Jwks(Specimens.Jwk("first"));

    public volatile bool Away;

    public int Fetches => Volatile.Read(ref _fetches);

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        if (_held is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        return Away
            ? throw new HttpRequestException("away")
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Document, Encoding.UTF8, "application/json") };
    }
}
