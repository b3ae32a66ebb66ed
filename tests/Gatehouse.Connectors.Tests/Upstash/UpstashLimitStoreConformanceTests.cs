using Gatehouse.Limits;
using Gatehouse.Testbed;
using Gatehouse.Testbed.Limits;

namespace Gatehouse.Connectors.Tests.Upstash;

[Proves("A44", "A46")]
public sealed class UpstashLimitStoreConformanceTests : LimitStoreConformance, IAsyncDisposable
{
    private RunningStore? _store;

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<ILimitStore> CreateStoreAsync(TimeProvider time)
    {
        _store = await RunningStore.StartAsync(time);
        return new StoreByTestClock(_store, time);
    }
}
