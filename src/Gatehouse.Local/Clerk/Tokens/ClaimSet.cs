using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>Claims in the order that they are written in: by name, as Clerk does.</summary>
internal sealed class ClaimSet() : SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
{
    /// <summary>Adds the members of an object that are not taken yet.</summary>
    public void AddAll(JsonObject claims)
    {
        foreach (var (name, value) in claims)
        {
            ((IDictionary<string, JsonNode?>)this).TryAdd(name, value?.DeepClone());
        }
    }
}
