namespace Gatehouse.Local.Clerk.Faults;

/// <summary>Draws faults. The same seed and the same order of requests give the same faults.</summary>
internal sealed class FaultPlan
{
    public const int DefaultSeed = 1;

    private readonly Lock _gate = new();
    private Random _random = new(DefaultSeed);

    public ApiFaults Api { get; private set; } = ApiFaults.None;

    public int Seed { get; private set; } = DefaultSeed;

    public void Set(ApiFaults api, int seed)
    {
        lock (_gate)
        {
            Api = api;
            Seed = seed;
            _random = new Random(seed);
        }
    }

    public FaultKind Draw()
    {
        lock (_gate)
        {
            // Every request draws the same number of times, so that one rate does not shift the faults of another.
            var (close, failure, which, limit) = (_random.NextDouble(), _random.NextDouble(), _random.NextDouble(), _random.NextDouble());
            if (close < Api.Close)
            {
                return FaultKind.Close;
            }

            if (failure < Api.Status5xx)
            {
                return which < 0.5 ? FaultKind.InternalError : FaultKind.Unavailable;
            }

            return limit < Api.Status429 ? FaultKind.TooManyRequests : FaultKind.None;
        }
    }
}
