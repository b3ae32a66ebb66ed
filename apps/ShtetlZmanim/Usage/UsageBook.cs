namespace ShtetlZmanim.Usage;

/// <summary>The calls that have been counted and not yet stored: as many entries as there are callers, however often they call.</summary>
internal sealed class UsageBook(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<(string Caller, long Hour), UsageCount> _counts = [];

    public void Count(string caller, bool refused)
    {
        Add([new UsageCount(caller, UsageCount.HourOf(time.GetUtcNow()), 1, refused ? 1 : 0)]);
    }

    /// <summary>Hands over what has been counted; whoever cannot store it gives it back.</summary>
    public IReadOnlyCollection<UsageCount> Take()
    {
        lock (_gate)
        {
            var taken = _counts;
            _counts = [];
            return taken.Values;
        }
    }

    public void Add(IEnumerable<UsageCount> counts)
    {
        lock (_gate)
        {
            foreach (var count in counts)
            {
                var key = (count.Caller, count.Hour);
                _counts[key] = _counts.TryGetValue(key, out var present) ? present.Plus(count) : count;
            }
        }
    }
}
