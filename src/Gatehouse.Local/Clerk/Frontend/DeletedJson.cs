using System.Text.Json;

namespace Gatehouse.Local.Clerk.Frontend;

/// <summary>What is told of a resource that is gone.</summary>
internal static class DeletedJson
{
    public static void Write(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject();
        json.WriteString("object", type);
        json.WriteString("id", id);
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    }
}
