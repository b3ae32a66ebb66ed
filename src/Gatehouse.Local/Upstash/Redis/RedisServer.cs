using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>
/// A redis-server of one's own: without a port, on a socket in a folder that nobody else may enter, without a file of data. It ends with
/// this object; if it ends before, its data are gone, and the next caller starts another.
/// </summary>
internal sealed partial class RedisServer(LocalUpstashSettings settings, TimeProvider time, ILogger<RedisServer> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private DirectoryInfo? _folder;
    private Process? _process;
    private bool _isDisposed;

    /// <summary>The process's id; null while none runs.</summary>
    public int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    /// <summary>A new connection, for which the server is started if it does not run.</summary>
    public async Task<RedisConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_process is null or { HasExited: true })
            {
                await StartAsync(cancellationToken).ConfigureAwait(false);
            }

            return await RedisConnection.OpenAsync(Address, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await EndAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private UnixDomainSocketEndPoint Address => new(Path.Combine(_folder!.FullName, "redis"));

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is not null)
        {
            Log.RedisEnded(logger, _process.Id, _process.ExitCode);
            await EndAsync().ConfigureAwait(false);
        }

        _folder = Directory.CreateTempSubdirectory("gatehouse-upstash-");
        _process = Process.Start(new ProcessStartInfo(settings.RedisServer,
        [
            "--port", "0", "--unixsocket", "redis", "--unixsocketperm", "700", "--dir", _folder.FullName,
            "--save", "", "--appendonly", "no", "--daemonize", "no", "--logfile", "redis.log",
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,   // not ours: whoever reads what this process writes would wait for the server's end
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        })!;
        AppDomain.CurrentDomain.ProcessExit += End;   // an app that is not disposed of must not leave it behind either
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await PrepareAsync(_process, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{settings.RedisServer} did not answer within {Patience.TotalSeconds:0} seconds.", late);
        }

        Log.RedisStarted(logger, settings.RedisServer, _process.Id);
    }

    private async Task PrepareAsync(Process process, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{settings.RedisServer} ended at once, with exit code {process.ExitCode}.");
            }

            try
            {
                var connection = await RedisConnection.OpenAsync(Address, cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await MakeUsersAsync(connection, cancellationToken).ConfigureAwait(false);
                    return;
                }
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MakeUsersAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var replies = await connection.SendAsync(RedisUsers.Creation, cancellationToken).ConfigureAwait(false);
        if (replies.FirstOrDefault(reply => reply.Kind == RespKind.Error) is { } refusal)
        {
            throw new InvalidOperationException($"{settings.RedisServer} cannot be used, version 7 is needed: {refusal.Text}");
        }
    }

    private async Task EndAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= End;
        End(this, EventArgs.Empty);
        _process = null;
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        process.Dispose();
        try
        {
            _folder!.Delete(recursive: true);
        }
        catch (IOException kept)
        {
            Log.FolderNotRemoved(logger, _folder!.FullName, kept);
        }
    }

    private void End(object? sender, EventArgs ending)
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RedisStarted, LogLevel.Information, "Keeping the data in {Program}, process {ProcessId}")]
        public static partial void RedisStarted(ILogger logger, string program, int processId);

        [LoggerMessage(EventIds.RedisEnded, LogLevel.Warning, "redis-server, process {ProcessId}, ended with {ExitCode}: its data are gone")]
        public static partial void RedisEnded(ILogger logger, int processId, int exitCode);

        [LoggerMessage(EventIds.FolderNotRemoved, LogLevel.Warning, "The folder {Folder} of a redis-server that has ended stays")]
        public static partial void FolderNotRemoved(ILogger logger, string folder, Exception exception);
    }
}
