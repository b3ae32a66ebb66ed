using System.Text.Json;
using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>A key that lets a program act for a user, an organization or a machine.</summary>
public sealed class ApiKey
{
    /// <summary>The key's id (<c>ak_…</c>), which is not the secret.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of key it is, such as <c>api_key</c>.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Whose key it is: a user, an organization or a machine.</summary>
    public string Subject { get; init => field = value ?? ""; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What its maker chose to say: never authority. Always an object.</summary>
    public JsonElement Claims { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>What it may be used for.</summary>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>The key itself. Only in the answer that created it.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether it was withdrawn.</summary>
    public bool Revoked { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? RevocationReason { get; init; }

    /// <summary>Whether its time is over.</summary>
    public bool Expired { get; init; }

    /// <summary>When its time is over; null for never.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>The user who made it, if the maker said so.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was last verified.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
