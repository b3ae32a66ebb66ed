using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>
/// A connection that any number of callers share: commands go out one after the other without waiting for replies, and those of one caller
/// are never parted by another's.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly Channel<RedisExchange> _outgoing = Channel.CreateUnbounded<RedisExchange>(new() { SingleReader = true });
    private readonly Channel<RedisExchange> _awaited = Channel.CreateUnbounded<RedisExchange>();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _work;

    private RedisConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _work = Task.WhenAll(RunAsync(SendAllAsync), RunAsync(ReceiveAllAsync));
    }

    /// <summary>Whether it has ended. Then it stays so.</summary>
    public bool IsBroken => _ending.IsCancellationRequested;

    public static async Task<RedisConnection> OpenAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new RedisConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends commands and waits for a reply to each. Errors are replies too.</summary>
    /// <exception cref="RedisAwayException">The connection has ended.</exception>
    public Task<IReadOnlyList<RespValue>> SendAsync(IReadOnlyList<RedisCommand> commands, CancellationToken cancellationToken)
    {
        var exchange = new RedisExchange(commands);
        if (!_outgoing.Writer.TryWrite(exchange))
        {
            exchange.Fail(null);
        }

        return exchange.Replies.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task RunAsync(Func<Task> work)
    {
        Exception? cause = null;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            cause = ended;
        }
        finally
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            Refuse(_outgoing, cause);
            Refuse(_awaited, cause);
        }
    }

    // Nothing is taken any more, so that each exchange is failed either here or by the one who could not hand it over.
    private static void Refuse(Channel<RedisExchange> channel, Exception? cause)
    {
        channel.Writer.TryComplete();
        while (channel.Reader.TryRead(out var exchange))
        {
            exchange.Fail(cause);
        }
    }

    private async Task SendAllAsync()
    {
        var output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
        while (await _outgoing.Reader.WaitToReadAsync(_ending.Token).ConfigureAwait(false))
        {
            while (_outgoing.Reader.TryRead(out var exchange))
            {
                // Awaited before it is sent: the reply may be here first.
                if (!_awaited.Writer.TryWrite(exchange))
                {
                    exchange.Fail(null);
                    return;
                }

                foreach (var command in exchange.Commands)
                {
                    RespWriter.Write(output, command);
                }
            }

            await output.FlushAsync(_ending.Token).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAllAsync()
    {
        var reader = new RespReader(PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true)));
        while (true)
        {
            var first = await reader.ReadAsync(_ending.Token).ConfigureAwait(false);
            if (!_awaited.Reader.TryRead(out var exchange))
            {
                throw new RespFormatException("a reply that nobody waits for");
            }

            try
            {
                var replies = new List<RespValue> { first };
                while (replies.Count < exchange.Commands.Count)
                {
                    replies.Add(await reader.ReadAsync(_ending.Token).ConfigureAwait(false));
                }

                exchange.Complete(replies);
            }
            finally
            {
                exchange.Fail(null);   // without effect once it is complete
            }
        }
    }
}
