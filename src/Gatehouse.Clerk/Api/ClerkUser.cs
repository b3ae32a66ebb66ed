using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>A user of the instance. Members of Clerk's that are not listed here are ignored.</summary>
public sealed class ClerkUser
{
    /// <summary>The user's id (<c>user_…</c>).</summary>
    public required string Id { get; init; }

    /// <summary>The id that the application gave.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The user name, where the instance uses them.</summary>
    public string? Username { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The address of the user's picture.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Which of <see cref="EmailAddresses"/> is the main one.</summary>
    public string? PrimaryEmailAddressId { get; init; }

    /// <summary>The e-mail addresses.</summary>
    public IReadOnlyList<ClerkEmailAddress> EmailAddresses { get; init => field = value ?? []; } = [];

    /// <summary>What the application's servers write and everybody may read; always an object.</summary>
    public JsonElement PublicMetadata { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>What only the application's servers read and write; always an object.</summary>
    public JsonElement PrivateMetadata { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>What the user may write: never a source of authority. Always an object.</summary>
    public JsonElement UnsafeMetadata { get; init => field = Metadata.OrEmpty(value); } = Metadata.Empty;

    /// <summary>Banned by an administrator: may not sign in.</summary>
    public bool Banned { get; init; }

    /// <summary>Locked for a while after failed sign-ins, by whomever.</summary>
    public bool Locked { get; init; }

    /// <summary>The last sign-in.</summary>
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>The last activity, to the day.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>When the user came to be.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything about the user last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The main e-mail address, or null if the user has none.</summary>
    [JsonIgnore]
    public string? PrimaryEmailAddress =>
        EmailAddresses.FirstOrDefault(address => string.Equals(address.Id, PrimaryEmailAddressId, StringComparison.Ordinal))?.Address;
}
