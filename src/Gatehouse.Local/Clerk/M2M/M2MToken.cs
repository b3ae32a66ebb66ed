using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.M2M;

/// <summary>A machine's token. Only opaque ones are kept. Times are unix milliseconds.</summary>
internal sealed class M2MToken
{
    public required string Id { get; init; }

    public required string Subject { get; init; }

    /// <summary>The machines that it may be presented to: the sender's scopes when it was made.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required JsonObject? Claims { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public long UpdatedAt { get; set; }

    public long? LastUsedAt { get; set; }

    public bool Revoked { get; set; }

    public string? RevocationReason { get; set; }

    public bool IsExpired(long now) => now >= ExpiresAt;

    public bool IsUsable(long now) => !Revoked && !IsExpired(now);
}
