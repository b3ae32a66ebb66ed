using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Machines;

/// <summary>Reading and rotating a machine's secret key.</summary>
internal sealed class MachineSecretOperations(ClerkWorld world)
{
    private const int MaximumOverlapSeconds = 28_800;

    public void Map(ClerkRoutes routes) => routes
        .Get("/machines/{machine_id}/secret_key", call => Find(call, Tell))
        .Post("/machines/{machine_id}/secret_key/rotate", call => Find(call, machine => Rotate(call, machine)));

    private ClerkAnswer Rotate(ClerkCall call, Machine machine)
    {
        call.Form.Require("previous_token_ttl");
        var overlap = call.Form.Integer("previous_token_ttl", 0, MaximumOverlapSeconds);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        machine.PreviousSecrets.RemoveAll(previous => now >= previous.EndsAt);
        machine.PreviousSecrets.Add((machine.Secret, now + ((overlap ?? 0) * 1000L)));
        machine.Secret = world.Ids.NextHex("ak_");
        machine.UpdatedAt = now;
        return Tell(machine);
    }

    private ClerkAnswer Find(ClerkCall call, Func<Machine, ClerkAnswer> found) =>
        world.Data.Machines.Find(call.Route("machine_id")) is { } machine
            ? found(machine)
            : ClerkErrors.NotFound("machine", call.Route("machine_id"));

    private static ClerkAnswer Tell(Machine machine) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "machine_secret_key");
        json.WriteString("secret", machine.Secret);
        json.WriteEndObject();
    });
}
