using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>Reads the feed into this process's list for as long as the process lives, and begins anew whenever it breaks off.</summary>
internal sealed partial class RevocationFeedReader(
    IServiceProvider services,
    RevocationList list,
    TimeProvider time,
    ILogger<RevocationFeedReader> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Made here and not with this object, which is made before the options are validated: its own faults would hide all others.
        var feed = services.GetRequiredService<IRevocationFeed>();

        // From here on the list can grow stale: a feed was promised.
        list.Heard();
        var broken = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var news in feed.ReadAsync(stoppingToken).ConfigureAwait(false))
                {
                    Take(news);
                    if (broken)
                    {
                        broken = false;
                        Log.FeedBack(logger);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the feed broke off of, it is tried again; the silence is what counts, and it is counted.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (!broken)
                {
                    broken = true;
                    Log.FeedBroken(logger, failure);
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Take(RevocationNews news)
    {
        list.Heard();
        if (news.Revocation is not { } revocation)
        {
            return;
        }

        if (news.IsWithdrawn)
        {
            list.Withdraw(revocation.Kind, revocation.Value);
        }
        else
        {
            list.Add(revocation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RevocationFeedBroken, LogLevel.Warning, "The feed of revocations broke off; after a minute of silence long-lived tokens are refused")]
        public static partial void FeedBroken(ILogger logger, Exception failure);

        [LoggerMessage(EventIds.RevocationFeedBack, LogLevel.Information, "The feed of revocations is back")]
        public static partial void FeedBack(ILogger logger);
    }
}
