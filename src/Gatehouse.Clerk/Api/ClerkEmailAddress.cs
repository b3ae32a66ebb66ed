using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>An e-mail address of a user.</summary>
public sealed class ClerkEmailAddress
{
    /// <summary>The address's id (<c>idn_…</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The address itself.</summary>
    [JsonPropertyName("email_address")]
    public string Address { get; init => field = value ?? ""; } = "";

    /// <summary>Whether and how it was verified; null if nobody tried.</summary>
    public ClerkVerification? Verification { get; init; }

    /// <summary>Whether the user has shown that it is theirs.</summary>
    [JsonIgnore]
    public bool IsVerified => string.Equals(Verification?.Status, "verified", StringComparison.Ordinal);
}
