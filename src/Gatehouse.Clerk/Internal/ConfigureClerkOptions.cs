using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Internal;

/// <summary>
/// Reads the <c>CLERK_…</c> variables from the container's configuration, if it has one: an instance with a name its own, from its section.
/// </summary>
internal sealed class ConfigureClerkOptions(IServiceProvider services) : IConfigureNamedOptions<ClerkOptions>
{
    public void Configure(ClerkOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, ClerkOptions options)
    {
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            Bind(string.IsNullOrEmpty(name) ? configuration : configuration.GetSection($"{ClerkDefaults.InstancesSection}:{name}"), options);
        }
    }

    /// <summary>An empty variable counts as absent: that is how shells and compose files unset one.</summary>
    public static void Bind(IConfiguration configuration, ClerkOptions options)
    {
        options.ApiUrl = Text(configuration, "CLERK_API_URL") ?? options.ApiUrl;
        options.SecretKey = Text(configuration, "CLERK_SECRET_KEY") ?? options.SecretKey;
        options.MachineSecretKey = Text(configuration, "CLERK_MACHINE_SECRET_KEY") ?? options.MachineSecretKey;
        options.PublishableKey = Text(configuration, "CLERK_PUBLISHABLE_KEY")
            ?? Text(configuration, "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY")
            ?? options.PublishableKey;
        options.ProxyUrl = Text(configuration, "CLERK_PROXY_URL") ?? options.ProxyUrl;
        options.JwtKey = Text(configuration, "CLERK_JWT_KEY") ?? options.JwtKey;
        options.ServiceUserId = Text(configuration, "CLERK_SERVICE_USER_ID") ?? options.ServiceUserId;
    }

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key]?.Trim() is { Length: > 0 } value ? value : null;
}
