namespace Gatehouse.Local.Clerk.Faults;

/// <summary>Draws faults. The same seed and the same order of requests and of events give the same faults.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private FaultSettings _settings = FaultSettings.None;
    private Random _requests = new(FaultSettings.DefaultSeed);
    private Random _deliveries = new(FaultSettings.DefaultSeed);

    public FaultSettings Settings => Volatile.Read(ref _settings);

    public ApiFaults Api => Settings.Api;

    public WebhookFaults Webhooks => Settings.Webhooks;

    public int Seed => Settings.Seed;

    public void Set(FaultSettings settings)
    {
        lock (_gate)
        {
            _settings = settings;
            _requests = new Random(settings.Seed);
            _deliveries = new Random(settings.Seed);   // apart, so that a request more does not shift what befalls the webhooks
        }
    }

    public FaultKind Draw()
    {
        lock (_gate)
        {
            // Every request draws the same number of times, so that one rate does not shift the faults of another.
            var (close, failure, which, limit) = (_requests.NextDouble(), _requests.NextDouble(), _requests.NextDouble(), _requests.NextDouble());
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

    /// <summary>What befalls one message on its way to one endpoint.</summary>
    public DeliveryFaults DrawDelivery()
    {
        lock (_gate)
        {
            var (loss, duplicate, reorder) = (_deliveries.NextDouble(), _deliveries.NextDouble(), _deliveries.NextDouble());
            return new DeliveryFaults(
                loss < Webhooks.Loss,
                duplicate < Webhooks.Duplicate,
                reorder < Webhooks.Reorder,
                Webhooks.DelayMilliseconds,
                _deliveries.Next());
        }
    }

    /// <summary>Whether an attempt is signed wrongly. Drawn from the delivery's own seed: attempts run side by side, in no certain order.</summary>
    public bool SignsWrongly(int deliverySeed, int attempt) =>
        new Random(unchecked((deliverySeed * 397) ^ attempt)).NextDouble() < Webhooks.WrongSignature;
}
