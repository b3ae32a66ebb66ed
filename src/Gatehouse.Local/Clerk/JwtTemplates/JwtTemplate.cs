using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>A named template of claims. Lifetime and skew are seconds, times unix milliseconds.</summary>
internal sealed class JwtTemplate
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required JsonObject Claims { get; set; }

    public int Lifetime { get; set; } = TokenLifetime.Default;

    public int AllowedClockSkew { get; set; } = TokenLifetime.DefaultClockSkew;

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
