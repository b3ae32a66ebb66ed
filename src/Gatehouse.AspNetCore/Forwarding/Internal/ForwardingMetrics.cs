using System.Diagnostics.Metrics;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>How many requests are forwarded to whom, how long they take, who caused those that failed, and what tokens cost.</summary>
internal sealed class ForwardingMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _mints;

    public ForwardingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatehouseDefaults.MeterName);
        _requests = meter.CreateCounter<long>(
            "gatehouse.forwarding.requests", unit: "{request}", description: "Forwarded requests, by upstream and outcome.");
        _duration = meter.CreateHistogram<double>(
            "gatehouse.forwarding.duration", unit: "s", description: "Time from a request's arrival to its answer's last byte; streams included.");
        _mints = meter.CreateCounter<long>(
            "gatehouse.forwarding.mints", unit: "{token}", description: "Attempts to mint a token for a caller's session.");
    }

    public void Ended(string service, ForwardingFailure failure, TimeSpan duration)
    {
        var upstream = new KeyValuePair<string, object?>("service", service);
        var outcome = new KeyValuePair<string, object?>("outcome", failure.ToOutcome());
        _requests.Add(1, upstream, outcome);
        _duration.Record(duration.TotalSeconds, upstream, outcome);
    }

    public void Minted(bool succeeded) =>
        _mints.Add(1, new KeyValuePair<string, object?>("outcome", succeeded ? "minted" : "failed"));
}
