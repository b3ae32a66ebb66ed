using Gatehouse.Local.Clerk;

namespace Gatehouse.Host.Local;

/// <summary>The variables that point Clerk's clients at a local Clerk.</summary>
internal static class ClientVariables
{
    /// <summary>Name and value of each. None needs quoting in a shell or in a .env file.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(string address) =>
    [
        new("CLERK_API_URL", address),
        new("CLERK_PROXY_URL", $"{address}/__clerk"),
        new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        new("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AitherMachineSecret),
        new("CLERK_WEBHOOK_SIGNING_SECRET", LocalClerkDefaults.WebhookSecret),
        new("CLERK_WEBHOOK_SECRET", LocalClerkDefaults.WebhookSecret),
        new("CLERK_TELEMETRY_DISABLED", "1"),
        new("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        new("NEXT_PUBLIC_CLERK_PROXY_URL", $"{address}/__clerk"),
        new("NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED", "1"),
    ];

    /// <summary>All of them twice: as a shell takes them and as a .env file does.</summary>
    public static string AsText(string address)
    {
        var variables = Of(address);
        return string.Join('\n',
        [
            "# for a shell",
            .. variables.Select(variable => $"export {variable.Key}={variable.Value}"),
            "",
            "# for a .env file",
            .. variables.Select(variable => $"{variable.Key}={variable.Value}"),
        ]);
    }
}
