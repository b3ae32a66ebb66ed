using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Machines;

/// <summary>A machine as the Backend API tells it; its secret only where it has just been made.</summary>
internal static class MachineJson
{
    public static void Write(Utf8JsonWriter json, Machine machine, MachineStore machines, string? secret = null)
    {
        json.WriteStartObject();
        WriteMembers(json, machine);
        json.WritePropertyName("scoped_machines");
        ListJson.WriteArray(json, machine.Scopes.Select(machines.Find).OfType<Machine>(), WriteShort);
        if (secret is not null)
        {
            json.WriteString("secret_key", secret);
        }

        json.WriteEndObject();
    }

    private static void WriteShort(Utf8JsonWriter json, Machine machine)
    {
        json.WriteStartObject();
        WriteMembers(json, machine);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, Machine machine)
    {
        json.WriteString("object", "machine");
        json.WriteString("id", machine.Id);
        json.WriteString("name", machine.Name);
        json.WriteString("instance_id", LocalClerkDefaults.InstanceId);
        json.WriteNumber("default_token_ttl", machine.DefaultTokenTtl);
        json.WriteNumber("created_at", machine.CreatedAt);
        json.WriteNumber("updated_at", machine.UpdatedAt);
    }
}
