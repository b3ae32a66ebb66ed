using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>An application that signs people in with this instance. Times are unix milliseconds.</summary>
internal sealed class OAuthApplication : IPictured
{
    public const string DefaultScopes = "profile email";

    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null of a public application.</summary>
    public string? ClientSecret { get; set; }

    public required string Name { get; set; }

    public string Scopes { get; set; } = DefaultScopes;

    public IReadOnlyList<string> RedirectUris { get; set; } = [];

    public bool ConsentScreenEnabled { get; set; } = true;

    public bool PkceRequired { get; set; }

    public bool Public { get; set; }

    public Picture? Picture { get; set; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
