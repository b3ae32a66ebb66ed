using Gatehouse.Clerk.ServiceTokens;

namespace Aither;

/// <summary>Aither's settings. Those of Clerk are <c>ClerkOptions</c>.</summary>
internal sealed class AitherOptions
{
    /// <summary>Where Hemera is (<c>HEMERA_API_BASE_URL</c>), such as <c>https://api.hemera.academy</c>. HTTPS, or HTTP on loopback.</summary>
    public string? HemeraBaseUrl { get; set; }

    /// <summary>In whose name Hemera is called (<c>Aither:TokenKind</c>).</summary>
    /// <value>Default <c>Machine</c>; or <c>ServiceUser</c>, which works on development instances of Clerk only.</value>
    public string TokenKind { get; set; } = nameof(ServiceTokenKind.Machine);

    /// <summary>The service user's e-mail (<c>CLERK_SERVICE_USER_EMAIL</c>).</summary>
    /// <value>Optional. With it no token is minted for a user at Clerk who has another address: a wrong id is noticed before it is used.</value>
    public string? ServiceUserEmail { get; set; }

    /// <summary>Reads the variables. An empty one counts as absent: that is how shells and compose files unset one.</summary>
    public static void Bind(IConfiguration configuration, AitherOptions options)
    {
        options.HemeraBaseUrl = Text(configuration, "HEMERA_API_BASE_URL");
        options.TokenKind = Text(configuration, "Aither:TokenKind") ?? options.TokenKind;
        options.ServiceUserEmail = Text(configuration, "CLERK_SERVICE_USER_EMAIL");
    }

    /// <summary>What these settings say about the token; a kind that is none is for the validator to report.</summary>
    public void ApplyTo(ServiceTokenOptions token)
    {
        token.Kind = Enum.TryParse<ServiceTokenKind>(TokenKind, out var kind) ? kind : ServiceTokenKind.Machine;
        token.ServiceUserEmail = kind == ServiceTokenKind.ServiceUser ? ServiceUserEmail : null;
    }

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key]?.Trim() is { Length: > 0 } value ? value : null;
}
