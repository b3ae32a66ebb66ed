using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Moving the instance's clock, by an amount or to an offset from the machine's.</summary>
internal sealed class ClockControl(ClerkWorld world)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/clock", _ => Tell())
        .Map("POST", "/clock", Move);

    private ClerkAnswer Move(ClerkCall call)
    {
        var offset = Seconds(call.Form, "offset_seconds");
        var advance = Seconds(call.Form, "advance_seconds");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        world.Clock.MoveTo((offset ?? world.Clock.OffsetSeconds) + (advance ?? 0));
        return Tell();
    }

    private static int? Seconds(FormReader form, string name) =>
        form.Integer(name, -ClerkClock.MaximumOffsetSeconds, ClerkClock.MaximumOffsetSeconds);

    private ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("now", world.Clock.NowMilliseconds);
        json.WriteNumber("offset_seconds", world.Clock.OffsetSeconds);
        json.WriteEndObject();
    });
}
