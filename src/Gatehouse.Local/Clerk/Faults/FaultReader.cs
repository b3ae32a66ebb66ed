using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;

namespace Gatehouse.Local.Clerk.Faults;

/// <summary>Reads faults, from the control surface or from configuration. A member that is not given has its default.</summary>
internal static class FaultReader
{
    /// <summary>Reads faults and limits; the third is the answer to give when anything was wrong.</summary>
    public static (FaultSettings Faults, LimitSettings Limits, ClerkAnswer? Refusal) Read(FormReader form, LimitSettings usual)
    {
        var seed = form.Integer("seed", 0, int.MaxValue) ?? FaultSettings.DefaultSeed;
        var api = new FormReader(form.Object("api") ?? []);
        var webhooks = new FormReader(form.Object("webhooks") ?? []);
        var limits = new FormReader(form.Object("limits") ?? []);
        var faults = new FaultSettings(ReadApi(api), ReadWebhooks(webhooks), seed);
        var limited = new LimitSettings(
            limits.Integer("backend_per_10s", 0, LimitSettings.Most) ?? usual.BackendPer10Seconds,
            limits.Integer("per_resource_per_10s", 0, LimitSettings.Most) ?? usual.PerResourcePer10Seconds)
        {
            FrontendCreatesPer10Seconds =
                limits.Integer("frontend_creates_per_10s", 0, LimitSettings.Most) ?? usual.FrontendCreatesPer10Seconds,
            FrontendAttemptsPer10Seconds =
                limits.Integer("frontend_attempts_per_10s", 0, LimitSettings.Most) ?? usual.FrontendAttemptsPer10Seconds,
        };
        return (faults, limited, form.Faults() ?? api.Faults() ?? webhooks.Faults() ?? limits.Faults());
    }

    private static ApiFaults ReadApi(FormReader form) => new()
    {
        Status429 = form.Rate("status_429") ?? 0,
        Status5xx = form.Rate("status_5xx") ?? 0,
        Close = form.Rate("close") ?? 0,
        DelayMilliseconds = form.Integer("delay_ms", 0, ApiFaults.MaximumDelayMilliseconds) ?? 0,
    };

    private static WebhookFaults ReadWebhooks(FormReader form) => new()
    {
        Loss = form.Rate("loss") ?? 0,
        Duplicate = form.Rate("duplicate") ?? 0,
        Reorder = form.Rate("reorder") ?? 0,
        WrongSignature = form.Rate("wrong_signature") ?? 0,
        DelayMilliseconds = form.Integer("delay_ms", 0, WebhookFaults.MaximumDelayMilliseconds) ?? 0,
    };
}
