using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Rotating the signing key. Earlier keys stay in the key set unless <c>keep_previous</c> is false.</summary>
internal sealed class KeyControl(ClerkWorld world)
{
    public void Map(ControlRoutes routes) => routes.Map("POST", "/keys/rotate", Rotate);

    private ClerkAnswer Rotate(ClerkCall call)
    {
        var keep = call.Form.Flag("keep_previous") ?? true;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        world.Data.Keys.Rotate(world.Ids.Next("ins_"), keep);
        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("kid", world.Data.Keys.Current.Id);
            json.WriteStartArray("kids");
            foreach (var key in world.Data.Keys.All.Reverse())
            {
                json.WriteStringValue(key.Id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
