using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>A named shape for tokens that name a person.</summary>
public sealed class JwtTemplate
{
    /// <summary>The template's id (<c>jtmp_…</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The name that tokens are asked for by.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The claims, with shortcodes; always an object.</summary>
    public JsonElement Claims { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>How long its tokens live, in seconds.</summary>
    [JsonPropertyName("lifetime")]
    public int LifetimeSeconds { get; init; }

    /// <summary>How far its tokens' <c>nbf</c> lies before <c>iat</c>, in seconds.</summary>
    [JsonPropertyName("allowed_clock_skew")]
    public int AllowedClockSkewSeconds { get; init; }

    /// <summary>Whether its tokens are signed with a key of its own, which no key set holds.</summary>
    public bool CustomSigningKey { get; init; }

    /// <summary>The algorithm of its tokens, such as <c>RS256</c>.</summary>
    public string? SigningAlgorithm { get; init; }

    /// <summary>When it came to be.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
