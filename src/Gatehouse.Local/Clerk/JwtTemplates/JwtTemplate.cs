using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>A named template of claims. Lifetime and skew are seconds, times unix milliseconds.</summary>
internal sealed class JwtTemplate
{
    /// <summary>What the instance's own key signs with.</summary>
    public const string InstanceAlgorithm = "RS256";

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required JsonObject Claims { get; set; }

    public int Lifetime { get; set; } = TokenLifetime.Default;

    public int AllowedClockSkew { get; set; } = TokenLifetime.DefaultClockSkew;

    /// <summary>The key that signs instead of the instance's.</summary>
    public TemplateSigner? Signer { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
