using System.Text.Json.Serialization;

namespace Gatehouse.AspNetCore.Health.Internal;

/// <summary>The wire form of the health endpoints.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthWire))]
internal sealed partial class HealthJson : JsonSerializerContext;
