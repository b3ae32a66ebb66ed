using System.Text.Json.Serialization;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>The wire forms of the revocation endpoints and of the feed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RevocationWire.Request))]
[JsonSerializable(typeof(RevocationWire.View))]
[JsonSerializable(typeof(RevocationWire.List))]
[JsonSerializable(typeof(RevocationWire.Message))]
internal sealed partial class RevocationJson : JsonSerializerContext;
