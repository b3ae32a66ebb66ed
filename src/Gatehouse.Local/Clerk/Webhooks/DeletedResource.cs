using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What most events tell of a resource that is gone: which one it was.</summary>
internal static class DeletedResource
{
    /// <summary>Whether the event tells no more than that. A membership is told whole even then.</summary>
    public static bool Tells(string type) =>
        type.EndsWith(".deleted", StringComparison.Ordinal) && type != "organizationMembership.deleted";

    public static JsonObject Of(JsonObject resource)
    {
        var deleted = new JsonObject
        {
            ["deleted"] = true,
            ["id"] = resource["id"]!.DeepClone(),
            ["object"] = resource["object"]!.DeepClone(),
        };
        foreach (var name in (string[])["external_id", "slug"])
        {
            if (resource[name] is { } value)
            {
                deleted[name] = value.DeepClone();
            }
        }

        return deleted;
    }
}
