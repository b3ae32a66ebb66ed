using System.Text.Json;
using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>A machine's token for other machines.</summary>
public sealed class M2MToken
{
    /// <summary>The token's id (<c>mt_…</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The machine that minted it.</summary>
    public string Subject { get; init => field = value ?? ""; } = "";

    /// <summary>The machines that it is good for.</summary>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>What the minting machine chose to say: never authority. Always an object.</summary>
    public JsonElement Claims { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>The token itself, opaque or a JWT. Only in the answer that created it.</summary>
    public string? Token { get; init; }

    /// <summary>Whether it was withdrawn.</summary>
    public bool Revoked { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? RevocationReason { get; init; }

    /// <summary>Whether its time is over.</summary>
    public bool Expired { get; init; }

    /// <summary>When its time is over; null for never.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>When it was minted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
