using Gatehouse.Limits;
using Gatehouse.Testbed.Limits;

namespace Gatehouse.Tests.Limits;

public sealed class MemoryLimitStoreConformanceTests : LimitStoreConformance
{
    protected override ValueTask<ILimitStore> CreateStoreAsync(TimeProvider time) => ValueTask.FromResult<ILimitStore>(new MemoryLimitStore(time));
}
