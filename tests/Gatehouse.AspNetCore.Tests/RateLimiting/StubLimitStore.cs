using Gatehouse.Limits;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

/// <summary>A shared store that a test can take away, or let hang.</summary>
internal sealed class StubLimitStore(TimeProvider time) : ILimitStore
{
    private readonly MemoryLimitStore _counts = new(time);

    public bool IsAway { get; set; }

    public bool Hangs { get; set; }

    public List<string> Keys { get; } = [];

    public int Calls => Keys.Count;

    public async ValueTask<LimitDecision> TakeAsync(LimitPolicy policy, string key, int cost, CancellationToken cancellationToken)
    {
        Keys.Add(key);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return IsAway ? throw new HttpRequestException("the store is away") : await _counts.TakeAsync(policy, key, cost, cancellationToken);
    }
}
