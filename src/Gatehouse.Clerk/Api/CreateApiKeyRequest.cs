using System.Text.Json.Nodes;

namespace Gatehouse.Clerk.Api;

/// <summary>What an API key is made with.</summary>
public sealed class CreateApiKeyRequest
{
    /// <summary>Its name, of 3 characters or more.</summary>
    public required string Name { get; init; }

    /// <summary>Whose key it is: the id of a user, an organization or a machine.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is for, in 255 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>What it says besides. Receivers must not take it for authority.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>What it may be used for.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The id of the user who makes it.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>How long it lives, in seconds; null for ever.</summary>
    public long? SecondsUntilExpiration { get; init; }
}
