using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Moving the instance's clock, by an amount or to an offset from the machine's; letting webhook time pass faster.</summary>
/// <remarks>Moved forward, the clock takes the retries of webhooks with it. Moved back, it leaves them where they are.</remarks>
internal sealed class ClockControl(ClerkWorld world, WebhookSender sender)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/clock", _ => Tell())
        .Map("POST", "/clock", Move);

    private ClerkAnswer Move(ClerkCall call)
    {
        var offset = Seconds(call.Form, "offset_seconds");
        var advance = Seconds(call.Form, "advance_seconds");
        var factor = call.Form.Number("webhook_time_factor");
        if (factor is < 1 or > WebhookTime.MaximumFactor)
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid(
                "webhook_time_factor", $"how many times faster webhook time passes, from 1 to {WebhookTime.MaximumFactor}"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        world.Clock.MoveTo((offset ?? world.Clock.OffsetSeconds) + (advance ?? 0));
        sender.SetTimeFactor(factor ?? sender.TimeFactor);
        return Tell();
    }

    private static int? Seconds(FormReader form, string name) =>
        form.Integer(name, -ClerkClock.MaximumOffsetSeconds, ClerkClock.MaximumOffsetSeconds);

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("now", world.Clock.NowMilliseconds);
        json.WriteNumber("offset_seconds", world.Clock.OffsetSeconds);
        json.WriteNumber("webhook_time_factor", sender.TimeFactor);
        json.WriteEndObject();
    });
}
