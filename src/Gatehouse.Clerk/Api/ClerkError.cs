using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>One fault of a request, as Clerk's answer names it.</summary>
public sealed class ClerkError
{
    /// <summary>What a program branches on, such as <c>resource_not_found</c>; empty if Clerk sent none.</summary>
    public string Code { get; init => field = value ?? ""; } = "";

    /// <summary>A few words for a developer.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>A sentence that may be shown to a person. It may repeat what was sent, such as an address: not for logs.</summary>
    public string? LongMessage { get; init; }

    /// <summary>Further facts about the fault, by name; of kind <c>Undefined</c> if there are none.</summary>
    public JsonElement Meta { get; init; }

    /// <summary>The parameter that is at fault (<c>meta.param_name</c>), if the fault is one parameter's.</summary>
    [JsonIgnore]
    public string? ParameterName =>
        Meta.ValueKind == JsonValueKind.Object && Meta.TryGetProperty("param_name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;
}
