using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>A key by which a user's or an organization's programs call an app. Times are unix milliseconds.</summary>
internal sealed class ApiKey
{
    public const string DefaultType = "api_key";

    public required string Id { get; init; }

    public string Type { get; init; } = DefaultType;

    public required string Name { get; init; }

    public string? Description { get; set; }

    /// <summary>Whom it speaks for: a user, an organization or a machine.</summary>
    public required string Subject { get; set; }

    public JsonNode? Claims { get; set; }

    public IReadOnlyList<string> Scopes { get; set; } = [];

    public required string Secret { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Null for never.</summary>
    public long? ExpiresAt { get; set; }

    public bool Revoked { get; set; }

    public string? RevocationReason { get; set; }

    public long? LastUsedAt { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    public bool IsExpired(long now) => now >= ExpiresAt;

    public bool IsUsable(long now) => !Revoked && !IsExpired(now);
}
