using System.Text;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>How Clerk changes metadata.</summary>
internal static class Metadata
{
    /// <summary>The largest value of one metadata field, in bytes of JSON.</summary>
    public const int MaximumLength = 8 * 1024;

    /// <summary>Merges at every depth: null removes a key, objects merge, everything else is replaced, arrays too.</summary>
    public static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject inner when target[name] is JsonObject existing:
                    Merge(existing, inner);
                    break;
                case JsonObject inner:
                    var merged = new JsonObject();
                    Merge(merged, inner);
                    target[name] = merged;
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }

    public static bool IsTooLarge(JsonObject metadata) => Encoding.UTF8.GetByteCount(metadata.ToJsonString()) > MaximumLength;
}
