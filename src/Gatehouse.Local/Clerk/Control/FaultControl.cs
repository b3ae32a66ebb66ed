using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Making the Backend API fail on purpose. A member that is not given goes back to its default.</summary>
internal sealed class FaultControl(LocalClerkSettings settings, RequestLimiter limiter, FaultPlan plan)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/faults", _ => Tell())
        .Map("PUT", "/faults", Set);

    private ClerkAnswer Set(ClerkCall call)
    {
        var seed = call.Form.Integer("seed", 0, int.MaxValue);
        var api = new FormReader(call.Form.Object("api") ?? []);
        var limits = new FormReader(call.Form.Object("limits") ?? []);
        var faults = new ApiFaults
        {
            Status429 = api.Rate("status_429") ?? 0,
            Status5xx = api.Rate("status_5xx") ?? 0,
            Close = api.Rate("close") ?? 0,
            DelayMilliseconds = api.Integer("delay_ms", 0, ApiFaults.MaximumDelayMilliseconds) ?? 0,
        };
        var limited = new LimitSettings(
            limits.Integer("backend_per_10s", 0, LimitSettings.Most) ?? settings.Limits.BackendPer10Seconds,
            limits.Integer("per_resource_per_10s", 0, LimitSettings.Most) ?? settings.Limits.PerResourcePer10Seconds);
        if ((call.Form.Faults() ?? api.Faults() ?? limits.Faults()) is { } refused)
        {
            return refused;
        }

        plan.Set(faults, seed ?? FaultPlan.DefaultSeed);
        limiter.Settings = limited;
        limiter.Reset();
        return Tell();
    }

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("seed", plan.Seed);
        json.WriteStartObject("api");
        json.WriteNumber("status_429", plan.Api.Status429);
        json.WriteNumber("status_5xx", plan.Api.Status5xx);
        json.WriteNumber("delay_ms", plan.Api.DelayMilliseconds);
        json.WriteNumber("close", plan.Api.Close);
        json.WriteEndObject();
        json.WriteStartObject("limits");
        json.WriteNumber("backend_per_10s", limiter.Settings.BackendPer10Seconds);
        json.WriteNumber("per_resource_per_10s", limiter.Settings.PerResourcePer10Seconds);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
