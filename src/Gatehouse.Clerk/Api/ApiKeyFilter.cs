namespace Gatehouse.Clerk.Api;

/// <summary>Which API keys are listed.</summary>
public sealed class ApiKeyFilter
{
    /// <summary>Whose: the id of a user, an organization or a machine. Clerk wants it named.</summary>
    public required string Subject { get; init; }

    /// <summary>Of this kind; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>Whether revoked and expired ones are listed too. Default no.</summary>
    public bool IncludeInvalid { get; init; }

    /// <summary>Part of a name; null for all.</summary>
    public string? Query { get; init; }
}
