using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Machines;

/// <summary>Listing, creating, reading, updating and deleting machines.</summary>
internal sealed class MachineOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Get("/machines", List)
        .Post("/machines", Create)
        .Get("/machines/{machine_id}", call => Find(call, machine => Tell(machine)))
        .Patch("/machines/{machine_id}", call => Find(call, machine => Update(call, machine)))
        .Delete("/machines/{machine_id}", call => Find(call, Delete));

    private MachineStore Machines => world.Data.Machines;

    private ClerkAnswer List(ClerkCall call)
    {
        var search = call.Query.Text("query");
        var ordering = call.Query.Ordering("-created_at", "name", "created_at");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var found = Machines.All
            .Where(machine => string.IsNullOrEmpty(search)
                || machine.Id.Contains(search, StringComparison.Ordinal)
                || machine.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var ordered = ordering.Field == "name"
            ? ordering.Of(found, machine => machine.Name.ToLowerInvariant(), machine => machine.Id)
            : ordering.Of(found, machine => machine.CreatedAt, machine => machine.Id);
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(ordered), found.Count, (inner, machine) => MachineJson.Write(inner, machine, Machines)));
    }

    private ClerkAnswer Create(ClerkCall call)
    {
        var name = call.Form.RequiredText("name");
        var scopes = call.Form.Texts("scoped_machines", Machine.MostScopes) ?? [];
        var ttl = call.Form.Integer("default_token_ttl", 1, TokenLifetime.Maximum);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (scopes.FirstOrDefault(id => Machines.Find(id) is null) is { } unknown)
        {
            return ClerkErrors.NotFound("machine", unknown);
        }

        var now = world.Clock.NowMilliseconds;
        var machine = new Machine
        {
            Id = world.Ids.Next("mch_"),
            Name = name,
            Secret = world.Ids.NextHex("ak_"),
            Scopes = [.. scopes.Distinct(StringComparer.Ordinal)],
            DefaultTokenTtl = ttl ?? Machine.DefaultTokenSeconds,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Machines.Add(machine);
        return Tell(machine, machine.Secret);
    }

    private ClerkAnswer Update(ClerkCall call, Machine machine)
    {
        var name = call.Form.Text("name");
        var ttl = call.Form.Integer("default_token_ttl", 1, TokenLifetime.Maximum);
        if (name is "")
        {
            call.Form.Refuse(ParameterErrors.Missing("name"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        machine.Name = name ?? machine.Name;
        machine.DefaultTokenTtl = ttl ?? machine.DefaultTokenTtl;
        machine.UpdatedAt = world.Clock.NowMilliseconds;
        return Tell(machine);
    }

    private ClerkAnswer Delete(Machine machine)
    {
        Machines.Remove(machine);
        world.Data.M2MTokens.RemoveOf(machine.Id);
        return ListJson.Deleted("machine", machine.Id);
    }

    private ClerkAnswer Find(ClerkCall call, Func<Machine, ClerkAnswer> found) =>
        Machines.Find(call.Route("machine_id")) is { } machine
            ? found(machine)
            : ClerkErrors.NotFound("machine", call.Route("machine_id"));

    private ClerkAnswer Tell(Machine machine, string? secret = null) =>
        ClerkAnswer.Ok(json => MachineJson.Write(json, machine, Machines, secret));
}
