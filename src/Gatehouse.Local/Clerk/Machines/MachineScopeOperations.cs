using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Machines;

/// <summary>Allowing a machine to present its tokens to another, and taking that back. Tokens that exist keep their scopes.</summary>
internal sealed class MachineScopeOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/machines/{machine_id}/scopes", Create)
        .Delete("/machines/{machine_id}/scopes/{other_machine_id}", Delete);

    private ClerkAnswer Create(ClerkCall call)
    {
        var receiver = call.Form.RequiredText("to_machine_id");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var from = world.Data.Machines.Find(call.Route("machine_id"));
        if (from is null || world.Data.Machines.Find(receiver) is null)
        {
            return ClerkErrors.NotFound("machine", from is null ? call.Route("machine_id") : receiver);
        }

        if (from.Id == receiver)
        {
            return ParameterErrors.ValueInvalid("to_machine_id", "the id of another machine");
        }

        if (from.Scopes.Contains(receiver))
        {
            return AlreadyScoped;
        }

        if (from.Scopes.Count >= Machine.MostScopes)
        {
            return ParameterErrors.TooMany("to_machine_id", Machine.MostScopes);
        }

        var now = world.Clock.NowMilliseconds;
        from.Scopes.Add(receiver);
        return Tell(from.Id, receiver, json => json.WriteNumber("created_at", now));
    }

    private ClerkAnswer Delete(ClerkCall call)
    {
        var (sender, receiver) = (call.Route("machine_id"), call.Route("other_machine_id"));
        return world.Data.Machines.Find(sender) is { } from && from.Scopes.Remove(receiver)
            ? Tell(sender, receiver, json => json.WriteBoolean("deleted", true))
            : ClerkErrors.NotFound("machine scope", $"{sender} to {receiver}");
    }

    private static ClerkError AlreadyScoped { get; } = new(
        409, "duplicate_record", "already exists", "This machine is already scoped to the other.")
    {
        ParameterName = "to_machine_id",
    };

    private static ClerkAnswer Tell(string from, string to, Action<Utf8JsonWriter> last) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "machine_scope");
        json.WriteString("from_machine_id", from);
        json.WriteString("to_machine_id", to);
        last(json);
        json.WriteEndObject();
    });
}
