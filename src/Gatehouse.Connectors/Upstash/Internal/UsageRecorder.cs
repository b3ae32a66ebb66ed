using Gatehouse.Limits;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>
/// Counts decisions for Upstash's analytics, under the keys and members that <c>@upstash/ratelimit</c> counts, and sends the counts each
/// second: analytics never make a caller wait. What cannot be sent is lost, and the log says how much.
/// </summary>
internal sealed partial class UsageRecorder(
    UpstashClient client,
    IOptions<UpstashLimitOptions> options,
    TimeProvider time,
    ILogger<UsageRecorder> logger) : BackgroundService
{
    private const int MostMembers = 10_000;
    private const long Hour = 3_600_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Dictionary<(string Key, string Member), long> _scores = [];
    private long _lost;

    public void Note(LimitPolicy policy, string identifier, bool allowed, long now)
    {
        if (!options.Value.Analytics)
        {
            return;
        }

        var place = ($"{options.Value.PrefixOf(policy.Name)}:events:{now - (now % Hour)}", UsageMember.Of(identifier, allowed));
        lock (_gate)
        {
            if (_scores.TryGetValue(place, out var score) || _scores.Count < MostMembers)
            {
                _scores[place] = score + 1;
            }
            else
            {
                _lost++;
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await SendAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Analytics)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await SendAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is sent by StopAsync.
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string Key, string Member), long> scores;
        long lost;
        lock (_gate)
        {
            (scores, _scores) = (_scores, []);
            (lost, _lost) = (_lost, 0);
        }

        if (scores.Count == 0)
        {
            return;
        }

        try
        {
            await client.AddAsync(scores, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstashException away)
        {
            // Not kept for later: it may have been done, and must not be done twice.
            Log.UsageNotWritten(logger, scores.Values.Sum() + lost, away);
            return;
        }

        if (lost > 0)
        {
            Log.UsageNotWritten(logger, lost, null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UsageNotWritten, LogLevel.Warning, "{Decisions} decisions of limits are missing in Upstash's analytics")]
        public static partial void UsageNotWritten(ILogger logger, long decisions, Exception? exception);
    }
}
