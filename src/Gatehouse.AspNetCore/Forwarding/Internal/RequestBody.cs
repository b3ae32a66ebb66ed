using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The caller's body on its way to the upstream: read as it is sent, and sent once.</summary>
internal sealed class RequestBody(HttpRequest request, ForwardingOptions options, Patience patience) : HttpContent
{
    private bool _isBegun;

    /// <summary>What reading from the caller failed of, if it did: the upstream is not to blame for that.</summary>
    public Exception? CallersFault { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_isBegun)
        {
            throw new IOException("a body that is read as it is sent cannot be sent twice");
        }

        _isBegun = true;
        var reader = request.BodyReader;
        while (true)
        {
            patience.AwaitCaller(options.IdleTimeout);
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is (not OperationCanceledException) or ConnectionAbortedException)
            {
                CallersFault = fault;
                throw;
            }

            patience.AwaitUpstream(options.Timeout);
            foreach (var part in read.Buffer)
            {
                await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            // What has come goes on at once: the upstream may be waiting for this much before it says anything.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
