namespace Gatehouse.Local.Upstash.Control;

/// <summary>Draws faults. The same seed and the same order of requests give the same faults.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private FaultSettings _settings = FaultSettings.None;
    private Random _chance = new(FaultSettings.DefaultSeed);

    public FaultSettings Settings => Volatile.Read(ref _settings);

    public void Set(FaultSettings settings)
    {
        lock (_gate)
        {
            _settings = settings;
            _chance = new Random(settings.Seed);
        }
    }

    public FaultKind Draw()
    {
        lock (_gate)
        {
            // Every request draws the same number of times, so that one rate does not shift the faults of another.
            var (close, failure, which, limit) = (_chance.NextDouble(), _chance.NextDouble(), _chance.NextDouble(), _chance.NextDouble());
            if (close < _settings.Close)
            {
                return FaultKind.Close;
            }

            if (failure < _settings.Status5xx)
            {
                return which < 0.5 ? FaultKind.InternalError : FaultKind.Unavailable;
            }

            return limit < _settings.Status429 ? FaultKind.TooManyRequests : FaultKind.None;
        }
    }
}
