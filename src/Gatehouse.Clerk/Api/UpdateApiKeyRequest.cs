using System.Text.Json.Nodes;

namespace Gatehouse.Clerk.Api;

/// <summary>What changes about an API key; null leaves a member as it is.</summary>
public sealed class UpdateApiKeyRequest
{
    /// <summary>Whose key it is.</summary>
    public string? Subject { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it says besides.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>What it may be used for; a list in place of the one before.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>How long it still lives, in seconds from now.</summary>
    public long? SecondsUntilExpiration { get; init; }
}
