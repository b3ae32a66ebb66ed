using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The caller's body on its way to the upstream: read as it is sent, and sent once.</summary>
internal sealed class RequestBody(HttpRequest request, ForwardingOptions options, Patience patience) : HttpContent
{
    private Task? _copying;

    /// <summary>What reading from the caller failed of, if it did: the upstream is not to blame for that.</summary>
    public Exception? CallersFault { get; private set; }

    /// <summary>
    /// Waits until nothing reads from the caller any more. An upstream may have answered before it has heard everything, and the request must
    /// not be read on when it is over: the connection's next one would be.
    /// </summary>
    public Task FinishAsync() => _copying ?? Task.CompletedTask;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_copying is not null)
        {
            throw new IOException("a body that is read as it is sent cannot be sent twice");
        }

        return _copying = CopyAsync(stream, cancellationToken);
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        // The client's own token no longer ends a write once the answer is here: an upstream that listens no more would hold it for ever.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        while (true)
        {
            if (!patience.IsAnswered)
            {
                patience.AwaitCaller(options.IdleTimeout);
            }

            var read = await ReadAsync(either.Token).ConfigureAwait(false);
            if (!patience.IsAnswered)
            {
                patience.AwaitUpstream(options.Timeout);
            }

            foreach (var part in read.Buffer)
            {
                await stream.WriteAsync(part, either.Token).ConfigureAwait(false);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            // What has come goes on at once: the upstream may be waiting for this much before it says anything.
            await stream.FlushAsync(either.Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || CallersConnection.IsLost(fault))
        {
            CallersFault = fault;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
