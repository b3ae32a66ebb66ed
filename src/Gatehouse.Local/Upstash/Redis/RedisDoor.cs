using Microsoft.Extensions.Hosting;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>The way to the data: one connection for each kind of caller, opened when it is first needed and again after it has ended.</summary>
internal sealed class RedisDoor(RedisServer server) : IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<RedisAccess, RedisConnection> _open = [];

    /// <summary>Starts redis-server before the first request, so that what keeps it from starting keeps the app from it too.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => FindAsync(RedisAccess.Own, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends commands, one after the other with no other caller's between them, and waits for a reply to each.</summary>
    /// <exception cref="RedisAwayException">redis-server has ended meanwhile. The next call finds a new one, and no data.</exception>
    public async Task<IReadOnlyList<RespValue>> SendAsync(
        RedisAccess access,
        IReadOnlyList<RedisCommand> commands,
        CancellationToken cancellationToken)
    {
        var connection = await FindAsync(access, cancellationToken).ConfigureAwait(false);
        return await connection.SendAsync(commands, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _open.Values)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _open.Clear();
        _gate.Dispose();
    }

    private async Task<RedisConnection> FindAsync(RedisAccess access, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open.TryGetValue(access, out var open))
            {
                if (!open.IsBroken)
                {
                    return open;
                }

                _open.Remove(access);
                await open.DisposeAsync().ConfigureAwait(false);
            }

            var made = await server.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await EnterAsync(made, access, cancellationToken).ConfigureAwait(false);
            _open[access] = made;
            return made;
        }
        finally
        {
            _gate.Release();
        }
    }

    // Until it has entered as somebody a connection may do everything, so one that could not is not used.
    private static async Task EnterAsync(RedisConnection connection, RedisAccess access, CancellationToken cancellationToken)
    {
        try
        {
            var replies = await connection.SendAsync([RedisUsers.Entry(access)], cancellationToken).ConfigureAwait(false);
            if (replies[0].Kind == RespKind.Error)
            {
                throw new InvalidOperationException($"redis-server refused the user of {access}: {replies[0].Text}");
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
