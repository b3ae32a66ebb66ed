using System.Diagnostics.Metrics;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>How often tokens are minted (which is billed), how often they are at hand, and what called services cost in patience.</summary>
internal sealed class ServiceTokenMetrics
{
    public const string MeterName = "Gatehouse";

    private readonly Counter<long> _hits;
    private readonly Counter<long> _mints;
    private readonly Histogram<double> _waits;

    public ServiceTokenMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _hits = meter.CreateCounter<long>("gatehouse.service_token.hits", "{token}", "Service tokens that were at hand.");
        _mints = meter.CreateCounter<long>("gatehouse.service_token.mints", "{token}", "Attempts to mint a service token.");
        _waits = meter.CreateHistogram<double>("gatehouse.service_token.wait", "s", "Pauses that called services asked for by 429.");
    }

    public void Hit(string service) => _hits.Add(1, Of(service));

    public void Minted(string service, bool succeeded) =>
        _mints.Add(1, Of(service), new KeyValuePair<string, object?>("outcome", succeeded ? "minted" : "failed"));

    public void Waited(string service, TimeSpan pause) => _waits.Record(pause.TotalSeconds, Of(service));

    private static KeyValuePair<string, object?> Of(string service) => new("service", service);
}
