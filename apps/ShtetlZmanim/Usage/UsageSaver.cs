using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace ShtetlZmanim.Usage;

/// <summary>
/// Stores what has been counted each second and at the end: a commit for each call would cost more than the call. A process that is killed
/// loses a second of counts, and nothing is charged by them.
/// </summary>
internal sealed partial class UsageSaver(UsageStore store, TimeProvider time, ILogger<UsageSaver> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SaveAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; StopAsync stores the rest.
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveAsync(cancellationToken);
        }
        catch (SqliteException away) when (away.IsUnavailable())
        {
            Log.UsageUnsaved(logger, away.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageUnsaved, LogLevel.Warning, "Usage could not be stored, and is counted still: {Reason}")]
        public static partial void UsageUnsaved(ILogger logger, string reason);
    }
}
