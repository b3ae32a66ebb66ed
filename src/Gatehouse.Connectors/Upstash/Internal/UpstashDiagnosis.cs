using Gatehouse.Stores;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>Tells an edge which of Upstash's failures are outages.</summary>
internal sealed class UpstashDiagnosis : IStoreDiagnosis
{
    public StoreFailure Diagnose(Exception failure) => (failure as UpstashException)?.Failure switch
    {
        UpstashFailure.Unreachable or UpstashFailure.TimedOut => StoreFailure.Away,
        UpstashFailure.Failed => StoreFailure.Failing,
        UpstashFailure.Exhausted => StoreFailure.Busy,
        _ => StoreFailure.None,
    };
}
