using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>What the instance holds, and making it as it was at the start.</summary>
internal sealed class StateControl(ClerkWorld world, InstanceState state)
{
    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/state", _ => Tell())
        .Map("POST", "/reset", Reset);

    public ClerkAnswer Tell() => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", "clerk");
        json.WriteString("instance_id", LocalClerkDefaults.InstanceId);
        json.WriteNumber("now", world.Clock.NowMilliseconds);
        json.WriteNumber("users", world.Data.Users.Count);
        json.WriteNumber("organizations", world.Data.Organizations.All.Count);
        json.WriteEndObject();
    });

    private ClerkAnswer Reset(ClerkCall call)
    {
        if (call.Form.Faults() is { } refused)
        {
            return refused;
        }

        state.Reset();
        return Tell();
    }
}
