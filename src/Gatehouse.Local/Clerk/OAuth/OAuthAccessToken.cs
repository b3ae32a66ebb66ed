namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>A token by which an application calls an app for a user. Times are unix milliseconds.</summary>
internal sealed class OAuthAccessToken
{
    public const int DefaultSeconds = 24 * 3600;

    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The user's id.</summary>
    public required string Subject { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The apps that it is meant for; empty for any.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>Whether its text is a JWT, which cannot be revoked.</summary>
    public required bool IsJwt { get; init; }

    public required long ExpiresAt { get; init; }

    public bool Revoked { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }

    public bool IsExpired(long now) => now >= ExpiresAt;

    public void Revoke(long now) => (Revoked, UpdatedAt) = (true, now);
}
