namespace Gatehouse.Local.Clerk.Users;

/// <summary>A user's account at another provider, and the token that the provider gave for it. Times are unix milliseconds.</summary>
internal sealed class ExternalAccount
{
    /// <summary>How the names of providers begin.</summary>
    public const string ProviderPrefix = "oauth_";

    public required string Id { get; init; }

    public required string IdentificationId { get; init; }

    /// <summary>Such as <c>oauth_google</c>.</summary>
    public required string Provider { get; init; }

    public required string ProviderUserId { get; init; }

    public required string EmailAddress { get; init; }

    public required string Token { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public long? ExpiresAt { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
