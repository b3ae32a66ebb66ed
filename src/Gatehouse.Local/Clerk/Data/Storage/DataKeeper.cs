using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>
/// Takes the state out of the data file at the start, and puts it back a second after a request at the earliest, and when the process
/// ends. Writing takes a twentieth of the time at most, however much there is to write.
/// </summary>
internal sealed partial class DataKeeper : IHostedService, IDisposable
{
    private const int RestFactor = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ClerkWorld _world;
    private readonly DataFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _saving = new();
    private readonly int _runs = 1;

    private ITimer? _timer;
    private int _requests;
    private int _requestsSaved;
    private byte[] _digest = [];
    private DateTimeOffset _restUntil;

    /// <exception cref="InvalidOperationException">The file cannot be used.</exception>
    public DataKeeper(ClerkWorld world, DataSettings settings, TimeProvider time, ILogger<DataKeeper> logger)
    {
        (_world, _time, _logger) = (world, time, logger);
        _file = new DataFile(settings.DataFile!);
        try
        {
            if (_file.Load() is { } stored)
            {
                _runs = stored.Runs + 1;
                Restore(stored, settings);
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Notes that a request was answered, which may have changed something.</summary>
    public void Note() => Interlocked.Increment(ref _requests);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Write();   // a file that cannot be written is found out now, and not when there is something to lose
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The data file {_file.Path} cannot be written: {fault.Message}", fault);
        }

        _timer = _time.CreateTimer(_ => SaveWhenDue(), null, Interval, Interval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        Save();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        if (Volatile.Read(ref _requests) != _requestsSaved)
        {
            Save();
        }

        _file.Dispose();
    }

    private void Restore(StoredState stored, DataSettings settings)
    {
        ClerkData data;
        try
        {
            data = ClerkDataJson.Read(stored.Data);
        }
        catch (InvalidDataException fault)
        {
            throw _file.Refused($"it holds what this version does not understand ({fault.Message})", fault);
        }

        var generated = data.Users.Generated;
        if (settings.Users is { } wanted && (wanted != generated.Count || (wanted > 0 && settings.UsersSeed != generated.Seed)))
        {
            throw _file.Refused(
                $"it holds {generated.Count} generated users of seed {generated.Seed}, and LocalClerk:Users asks for {wanted} "
                + $"of seed {settings.UsersSeed}",
                null);
        }

        _world.Replace(data);
        _world.Clock.MoveTo(stored.ClockOffsetSeconds);
        _world.SkipIdsOf(stored.Runs);
    }

    private void SaveWhenDue()
    {
        if (Volatile.Read(ref _requests) != _requestsSaved && _time.GetUtcNow() >= _restUntil)
        {
            Save();
        }
    }

    private void Save()
    {
        lock (_saving)
        {
            var start = _time.GetTimestamp();
            var requests = Volatile.Read(ref _requests);
            try
            {
                Write();
                _requestsSaved = requests;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Log.DataFileNotWritten(_logger, _file.Path, fault);
            }

            _restUntil = _time.GetUtcNow() + (_time.GetElapsedTime(start) * RestFactor);
        }
    }

    private void Write()
    {
        byte[] data;
        long offset;
        lock (_world.Gate)
        {
            (data, offset) = (ClerkDataJson.Write(_world.Data), _world.Clock.OffsetSeconds);
        }

        byte[] digest = SHA256.HashData([.. SHA256.HashData(data), .. BitConverter.GetBytes(offset)]);
        if (!digest.AsSpan().SequenceEqual(_digest))
        {
            _file.Save(new StoredState(data, offset, _runs), _world.Clock.NowMilliseconds);
            _digest = digest;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.DataFileNotWritten, LogLevel.Error,
            "The data file {Path} could not be written: what changed since is lost if the process ends now. It is tried again")]
        public static partial void DataFileNotWritten(ILogger logger, string path, Exception exception);
    }
}
