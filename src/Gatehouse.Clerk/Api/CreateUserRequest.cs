using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api;

/// <summary>What a user is created with; null leaves a member out.</summary>
public sealed class CreateUserRequest
{
    /// <summary>The application's own id for the user, unique in the instance.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The user name.</summary>
    public string? Username { get; init; }

    /// <summary>E-mail addresses; they are created verified, and the first is the main one.</summary>
    [JsonPropertyName("email_address")]
    public IReadOnlyList<string>? EmailAddresses { get; init; }

    /// <summary>The password, in clear.</summary>
    public string? Password { get; init; }

    /// <summary>Whether a user without password may be created on an instance that asks for one.</summary>
    public bool? SkipPasswordRequirement { get; init; }

    /// <summary>Metadata that everybody may read.</summary>
    public JsonObject? PublicMetadata { get; init; }

    /// <summary>Metadata that only servers read.</summary>
    public JsonObject? PrivateMetadata { get; init; }

    /// <summary>Metadata that the user may write.</summary>
    public JsonObject? UnsafeMetadata { get; init; }
}
