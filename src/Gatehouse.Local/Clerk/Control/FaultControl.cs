using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Making webhooks and both APIs fail on purpose. A member that is not given goes back to its default.</summary>
internal sealed class FaultControl(LocalClerkSettings settings, RequestLimiter limiter, FaultPlan plan)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/faults", _ => Tell())
        .Map("PUT", "/faults", Set);

    private ClerkAnswer Set(ClerkCall call)
    {
        var (faults, limits, refusal) = FaultReader.Read(call.Form, settings.Limits);
        if (refusal is not null)
        {
            return refusal;
        }

        plan.Set(faults);
        limiter.Settings = limits;
        limiter.Reset();
        return Tell();
    }

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("seed", plan.Seed);
        json.WriteStartObject("webhooks");
        json.WriteNumber("loss", plan.Webhooks.Loss);
        json.WriteNumber("duplicate", plan.Webhooks.Duplicate);
        json.WriteNumber("reorder", plan.Webhooks.Reorder);
        json.WriteNumber("delay_ms", plan.Webhooks.DelayMilliseconds);
        json.WriteNumber("wrong_signature", plan.Webhooks.WrongSignature);
        json.WriteEndObject();
        json.WriteStartObject("api");
        json.WriteNumber("status_429", plan.Api.Status429);
        json.WriteNumber("status_5xx", plan.Api.Status5xx);
        json.WriteNumber("delay_ms", plan.Api.DelayMilliseconds);
        json.WriteNumber("close", plan.Api.Close);
        json.WriteEndObject();
        json.WriteStartObject("limits");
        json.WriteNumber("backend_per_10s", limiter.Settings.BackendPer10Seconds);
        json.WriteNumber("per_resource_per_10s", limiter.Settings.PerResourcePer10Seconds);
        json.WriteNumber("frontend_creates_per_10s", limiter.Settings.FrontendCreatesPer10Seconds);
        json.WriteNumber("frontend_attempts_per_10s", limiter.Settings.FrontendAttemptsPer10Seconds);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
