namespace Gatehouse.Local.Clerk.Instance;

/// <summary>What the instance's owner has set. Only some of it changes how the local Clerk behaves; all of it is kept.</summary>
internal sealed class InstanceSettings
{
    public bool TestMode { get; set; } = true;

    public bool Hibp { get; set; }

    public string? SupportEmail { get; set; }

    public string? ClerkJsVersion { get; set; }

    public string? DevelopmentOrigin { get; set; }

    public IReadOnlyList<string>? AllowedOrigins { get; set; }

    public bool UrlBasedSessionSyncing { get; set; } = true;

    /// <summary><c>password</c>, <c>otp</c>, or the empty string for no preference.</summary>
    public string PreferredSignInStrategy { get; set; } = "password";

    public OrganizationSettings Organizations { get; init; } = new();

    /// <summary>The groups of plain switches: restrictions, protection, OAuth applications.</summary>
    public InstanceSwitches Switches { get; init; } = new();

    public IReadOnlyList<string> BlockedCountryCodes { get; set; } = [];

    public IReadOnlyList<string>? OAuthDefaultScopes { get; set; }
}
