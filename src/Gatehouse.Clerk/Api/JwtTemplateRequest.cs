using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>A whole template: what is created, or what one becomes.</summary>
public sealed class JwtTemplateRequest
{
    /// <summary>The name, unique in the instance.</summary>
    public required string Name { get; init; }

    /// <summary>The claims, with shortcodes such as <c>{{user.id}}</c>.</summary>
    public required JsonObject Claims { get; init; }

    /// <summary>How long its tokens live, in seconds: 30 to 315,360,000; null for Clerk's 60.</summary>
    [JsonPropertyName("lifetime")]
    public int? LifetimeSeconds { get; init; }

    /// <summary>How far <c>nbf</c> lies before <c>iat</c>, in seconds: 0 to 300; null for Clerk's 5.</summary>
    [JsonPropertyName("allowed_clock_skew")]
    public int? AllowedClockSkewSeconds { get; init; }
}
