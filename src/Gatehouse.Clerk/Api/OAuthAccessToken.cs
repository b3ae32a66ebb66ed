using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>An access token that a user gave to an OAuth application.</summary>
public sealed class OAuthAccessToken
{
    /// <summary>The token's id (<c>oat_…</c>), which is not the token.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The application that holds it.</summary>
    public string ClientId { get; init => field = value ?? ""; } = "";

    /// <summary>The user who gave it.</summary>
    public string Subject { get; init => field = value ?? ""; } = "";

    /// <summary>What it may be used for.</summary>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>Whom it is meant for (<c>aud</c>); empty for anybody.</summary>
    [JsonPropertyName("aud")]
    public IReadOnlyList<string> Audiences { get; init => field = value ?? []; } = [];

    /// <summary>Who acts in the user's place (<c>act</c>); of kind <c>Undefined</c> if nobody does.</summary>
    [JsonPropertyName("act")]
    public JsonElement Actor { get; init; }

    /// <summary>Whether it was withdrawn.</summary>
    public bool Revoked { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? RevocationReason { get; init; }

    /// <summary>Whether its time is over.</summary>
    public bool Expired { get; init; }

    /// <summary>When its time is over; null for never.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Said instead of everything else, and only of a token that is good no more.</summary>
    [JsonInclude]
    internal bool? Active { get; init; }

    [JsonIgnore]
    internal bool IsGood => Active != false && !Revoked && !Expired;
}
