using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Keeping everything as it is now, and going back to it.</summary>
internal sealed class SnapshotControl(InstanceState state, StateControl teller)
{
    public void Map(ControlRoutes routes) => routes
        .Map("POST", "/snapshots", Take)
        .Map("POST", "/snapshots/{id}/restore", Restore);

    private ClerkAnswer Take(ClerkCall call)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var id = state.Capture().Id;
        return ClerkAnswer.Created(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        });
    }

    private ClerkAnswer Restore(ClerkCall call)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var id = call.Route("id");
        return state.Restore(id) ? teller.Tell() : ClerkErrors.NotFound("snapshot", id);
    }
}
