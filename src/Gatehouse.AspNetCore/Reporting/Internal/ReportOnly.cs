using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Reporting.Internal;

/// <summary>Counts and logs what would have been refused, had it not been told to be reported only.</summary>
internal sealed partial class ReportOnly
{
    private readonly Counter<long> _overlooked;
    private readonly ILogger<ReportOnly> _logger;

    public ReportOnly(IMeterFactory meters, ILogger<ReportOnly> logger)
    {
        _logger = logger;
        _overlooked = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.report_only", unit: "{refusal}", description: "Refusals that were reported and not made, by what they were for.");
    }

    /// <param name="refusal">A code from a closed set: a token failure, <c>permission</c>, <c>limit</c>.</param>
    /// <param name="subject">Whom it would have concerned.</param>
    /// <param name="what">The entrance, permission or policy.</param>
    public void Note(string refusal, string subject, string what)
    {
        _overlooked.Add(1, new KeyValuePair<string, object?>("refusal", refusal));
        Log.Overlooked(_logger, subject, refusal, what);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ReportedOnly, LogLevel.Warning, "{Subject} would have been refused ({Refusal}) by {What}, which only reports")]
        public static partial void Overlooked(ILogger logger, string subject, string refusal, string what);
    }
}
