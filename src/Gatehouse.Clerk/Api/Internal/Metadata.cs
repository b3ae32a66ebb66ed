using System.Text.Json;

namespace Gatehouse.Clerk.Api.Internal;

internal static class Metadata
{
    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    /// <summary>Clerk leaves metadata out or null where there is none; readers need not care.</summary>
    public static JsonElement OrEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : Empty;
}
