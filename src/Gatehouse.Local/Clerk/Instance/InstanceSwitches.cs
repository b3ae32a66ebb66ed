namespace Gatehouse.Local.Clerk.Instance;

/// <summary>Settings that are on or off, by the name that the Backend API gives them; all are off at the start.</summary>
internal sealed class InstanceSwitches
{
    public static IReadOnlyList<string> Restrictions { get; } =
        ["allowlist", "blocklist", "allowlist_blocklist_disabled_on_sign_in", "block_email_subaddresses", "block_disposable_email_domains"];

    public static IReadOnlyList<string> Protection { get; } = ["rules_enabled", "specter_enabled"];

    public static IReadOnlyList<string> OAuth { get; } =
    [
        "dynamic_oauth_client_registration", JwtAccessTokens, "client_id_metadata_documents_advertised",
        "client_id_metadata_documents_only_allow_pre_registered_clients", "client_id_metadata_documents_block_implicitly_allowed_clients",
    ];

    /// <summary>Whether access tokens of OAuth applications are JWTs unless asked otherwise.</summary>
    public const string JwtAccessTokens = "oauth_jwt_access_tokens";

    /// <summary>The names of what is on.</summary>
    public HashSet<string> On { get; init; } = new(StringComparer.Ordinal);

    public bool this[string name]
    {
        get => On.Contains(name);
        set
        {
            if (value)
            {
                On.Add(name);
            }
            else
            {
                On.Remove(name);
            }
        }
    }
}
